import '#runtime';

await import('./program.js');
