import '#runtime';

await import('./process.js');
