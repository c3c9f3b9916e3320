#!/usr/bin/env node
import './supervision/runtime.js';

await import('./process.js');
