// The proxy of bad lines against an echo: does each fault do what it says?
//   faultproxy.js PROXY       TAP lines
'use strict';
const net = require('net');
const { spawn } = require('child_process');

let status = 0;
const tell = (good, what, found) => {
    console.log(`${good ? 'ok' : 'not ok'} - ${what}`);
    if (!good) { console.log(`# ${JSON.stringify(found)}`); status = 1; }
};
const echo = net.createServer({ allowHalfOpen: true }, socket => {
    socket.on('data', data => socket.write(data));
    socket.on('end', () => socket.end());
    socket.on('error', () => {});
});

function start(...faults) {
    return new Promise(ready => {
        const to = `127.0.0.1:${echo.address().port}`;
        const child = spawn(process.argv[2], ['--to', to, '--seconds', '20', ...faults]);
        let out = '';
        child.stdout.on('data', data => {
            out += data;
            const port = /listening 127.0.0.1:(\d+)/.exec(out);
            if (port) { ready({ port: Number(port[1]), child, counts }); }
        });
        const counts = () => new Promise(done => {
            child.on('close', () => done(JSON.parse(out.trim().split('\n').pop())));
            child.kill('SIGTERM');
        });
    });
}
const wrongBits = data => data.reduce((sum, byte) => {
    for (let bits = byte ^ 65; bits; bits &= bits - 1) { sum++; }
    return sum;
}, 0);
function talk(port, len) {
    return new Promise(done => {
        const began = Date.now(), parts = [];
        const socket = net.connect(port, '127.0.0.1', () => socket.end(Buffer.alloc(len, 65)));
        socket.on('data', data => parts.push(data)).on('error', () => {});
        socket.on('close', () => {
            const data = Buffer.concat(parts);
            done({ len: data.length, ms: Date.now() - began, bits: wrongBits(data) });
        });
    });
}

async function run() {
    let proxy = await start();
    let all = await Promise.all([1, 1000, 1000000].map(len => talk(proxy.port, len)));
    let counts = await proxy.counts();
    tell(all.every((one, i) => one.len === [1, 1000, 1000000][i] && one.bits === 0) &&
        counts.there === 1001001 && counts.back === 1001001 && counts.links === 3,
        'without faults all comes through, and is counted', { all, counts });

    proxy = await start('--delay', '100');
    all = await talk(proxy.port, 1000);
    tell(all.len === 1000 && all.ms >= 200 && all.ms < 2000, 'a round trip to connect and one to talk', all);
    await proxy.counts();

    proxy = await start('--rate', '50000');
    all = await talk(proxy.port, 25000);
    tell(all.len === 25000 && all.ms >= 500 && all.ms < 3000, 'a narrow line', all);
    await proxy.counts();

    proxy = await start('--cut', '900');
    all = [await talk(proxy.port, 5000), await talk(proxy.port, 400)];
    counts = await proxy.counts();
    tell(all[0].len < 900 && all[1].len === 400 && counts.cut === 1, 'a connection dies after so many bytes', { all, counts });

    proxy = await start('--corrupt', '1000');
    all = await talk(proxy.port, 100000);
    counts = await proxy.counts();
    tell(all.len === 100000 && all.bits === 200 && counts.bits === 200, 'one bit wrong in each so many', { all, counts });

    proxy = await start('--flap', '150/100');
    all = [];
    for (let i = 0; i < 30; i++) {
        all.push(await talk(proxy.port, 10));
        await new Promise(wait => setTimeout(wait, 25));
    }
    const there = all.filter(one => one.len === 10).length;
    tell(there >= 5 && there <= 25, 'a line that comes and goes', { there });
    await proxy.counts();
    process.exit(status);
}
echo.listen(0, '127.0.0.1', run);
