import { startEventStore } from './server.js';

/** The test server as a process of its own: `main.ts <port> <file>`; prints its address on one line. */
const [port, file] = process.argv.slice(2);
const { url } = await startEventStore({ port: Number(port), file });
console.log(url);
