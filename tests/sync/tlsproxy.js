// A TLS proxy as in front of a small server: every byte is passed on as it comes.
//   tlsproxy.js KEY CERT LISTEN-PORT TO-PORT      prints "listening PORT"
'use strict';
const fs = require('fs');
const http = require('http');
const https = require('https');

const [key, cert, listen, to] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true });
const server = https.createServer(
    { key: fs.readFileSync(key), cert: fs.readFileSync(cert), minVersion: 'TLSv1.2' },
    (ask, answer) => {
        const there = http.request(
            { host: '127.0.0.1', port: to, method: ask.method, path: ask.url,
              headers: ask.headers, agent },
            theirs => {
                answer.writeHead(theirs.statusCode, theirs.headers);
                theirs.pipe(answer);
            });
        there.on('error', () => answer.destroy());
        // What is cut on this side is cut on the other, behind what had come.
        ask.on('aborted', () => there.destroy());
        ask.pipe(there);
    });
server.on('clientError', (_, socket) => socket.destroy());
server.listen(Number(listen), '127.0.0.1',
    () => console.log(`listening ${server.address().port}`));
setTimeout(() => process.exit(1), 300000).unref();
