// Holds many connections that never get to the end of a request's head: a header now and
// then. usage: hold.js URL COUNT SECONDS; prints "held" once all are open, and at the end
// how many the server has shut.
'use strict';
const net = require('net');

const url = new URL(process.argv[2]);
const count = Number(process.argv[3]);
const seconds = Number(process.argv[4]);
let open = 0;
let shut = 0;

for (let i = 0; i < count; i++) {
    const socket = net.connect(Number(url.port), url.hostname, () => {
        socket.write('GET /v1/feed?since=0 HTTP/1.1\r\nHost: a\r\n');
        open++;
        if (open === count) {
            process.stdout.write('held\n');
        }
    });
    const drip = setInterval(() => socket.write('X-A: b\r\n'), 300);
    socket.on('error', () => {});
    socket.on('close', () => {
        clearInterval(drip);
        shut++;
    });
}
setTimeout(() => {
    process.stdout.write(`shut ${shut}\n`);
    process.exit(0);
}, seconds * 1000);
