// Closes a window as a window manager does: WM_DELETE_WINDOW, in the X11 protocol itself
// (X Window System Protocol, "Encoding"), as no small tool of both Debians can send it.
// node close-window.js DISPLAY WINDOW
'use strict';
const net = require('net');
const number = process.argv[2].replace(/^:/, '').split('.')[0];
const target = Number(process.argv[3]);
const socket = net.connect('/tmp/.X11-unix/X' + number);

function internAtom(name) {
    const padded = (name.length + 3) & ~3;
    const b = Buffer.alloc(8 + padded);
    b.writeUInt8(16, 0);
    b.writeUInt16LE(b.length / 4, 2);
    b.writeUInt16LE(name.length, 4);
    b.write(name, 8, 'latin1');
    return b;
}

function clientMessage(window, type, value) {
    const b = Buffer.alloc(44);
    b.writeUInt8(25, 0); // SendEvent
    b.writeUInt16LE(11, 2);
    b.writeUInt32LE(window, 4);
    b.writeUInt8(33, 12); // ClientMessage, 32 bits each
    b.writeUInt8(32, 13);
    b.writeUInt32LE(window, 16);
    b.writeUInt32LE(type, 20);
    b.writeUInt32LE(value, 24);
    return b;
}

const hello = Buffer.alloc(12);
hello.write('l', 0);
hello.writeUInt16LE(11, 2);
socket.write(hello);

let got = Buffer.alloc(0);
let greeted = false;
socket.on('data', (data) => {
    got = Buffer.concat([got, data]);
    if (!greeted && got.length >= 8 && got.length >= 8 + 4 * got.readUInt16LE(6)) {
        if (got[0] !== 1) {
            throw new Error('the display refuses');
        }
        got = got.subarray(8 + 4 * got.readUInt16LE(6));
        greeted = true;
        socket.write(internAtom('WM_PROTOCOLS'));
        socket.write(internAtom('WM_DELETE_WINDOW'));
    }
    if (greeted && got.length >= 64) {
        const atoms = [got.readUInt32LE(8), got.readUInt32LE(40)];
        socket.end(clientMessage(target, atoms[0], atoms[1]));
    }
});
