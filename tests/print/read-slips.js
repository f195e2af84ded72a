// Reads ESC/POS back with npos, a parser that is not ours, and compares with slips.tsv:
// the lines of text, the pictures' sizes; writes each picture as NAME.N.pbm for zbarimg.
'use strict';
const fs = require('fs');
const path = require('path');
const crypto = require('crypto');
const iconv = require('iconv-lite');
const symbols = require('npos/lib/parser/symbols');
const rules = require('npos/lib/parser/rules');
const raster = require('npos/lib/codecs/raster');
const Parser = require('npos/lib/parser');

const folder = process.argv[2];
const pages = { 0: 'cp437', 16: 'win1252', 19: 'cp858' };
let failed = 0;

// npos knows "GS ( K" but not "GS ( k", the QR code that the printer draws by itself.
rules[symbols.GS]['(k'] = [0, 'd16'];

function verdict(name, wrong) {
    console.log(`${wrong ? 'not ok' : 'ok'} - ${name}${wrong ? ': ' + wrong : ''}`);
    failed += wrong ? 1 : 0;
}

// What a printer would put on paper: text lines, pictures, QR codes.
function read(bytes) {
    const ast = new Parser(rules).analyze(bytes);
    if (ast.error) {
        throw ast.error;
    }
    const paper = { text: '', pictures: [], qr: [], cuts: 0 };
    let page = 'cp437';
    for (const node of ast.tree) {
        const name = node.ascii + (node.fn || '');
        const raw = bytes.subarray(node.offset, node.offset + node.length);
        if (name === 'STX') {
            paper.text += iconv.decode(raw, page);
        } else if (name === 'ESCt') {
            page = pages[raw[2]];
        } else if (name === 'GSv0') {
            paper.pictures.push({ raw, width: 8 * raw.readUInt16LE(4), height: raw.readUInt16LE(6) });
        } else if (name === 'GS(k' && raw.subarray(5, 8).toString() === '1P0') {
            paper.qr.push(raw.subarray(8).toString('latin1'));
        } else if (name === 'GSV') {
            paper.cuts++;
        }
    }
    return paper;
}

function writePicture(file, picture) {
    const image = raster.decode(picture.raw, [{ offset: 0 }]);
    const head = Buffer.from(`P4\n${image.width} ${image.height}\n`);
    const body = Buffer.alloc(image.width / 8 * image.height);
    for (let y = 0; y < image.height; y++) {
        for (let x = 0; x < image.width; x++) {
            if (image.getPixel(x, y) === 0) {
                body[y * image.width / 8 + (x >> 3)] |= 0x80 >> (x & 7);
            }
        }
    }
    fs.writeFileSync(file, Buffer.concat([head, body]));
}

// What the printer's letters make of typographic and invisible characters.
function plain(text, profile) {
    const spoken = text.replace(/[\u2066-\u2069]/g, '');
    return profile.startsWith('latin1') ? spoken : spoken.replace(/\u2013/g, '-');
}

function check(row) {
    const [name, profile, dots, qr, lines] = row.split('\t');
    const paper = read(fs.readFileSync(path.join(folder, `${name}.${profile}.escpos`)));
    const native = profile.startsWith('epson');
    const got = paper.text.split('\n').map(line => line.trim()).filter(line => line);
    const want = plain(lines, profile).split('|').map(line => line.trim()).filter(line => line);
    const codes = paper.pictures.filter(p => p.height > 100);
    paper.pictures.forEach((p, i) =>
        p.height > 100 && writePicture(path.join(folder, `${name}.${profile}.${i}.pbm`), p));
    const wrong =
        JSON.stringify(got) !== JSON.stringify(want) ? `lines ${JSON.stringify(got)}` :
        paper.pictures.some(p => p.width !== Number(dots)) ? 'a picture has not the width of the paper' :
        paper.qr.join() !== (native ? qr : '') ? `native QR code ${paper.qr}` :
        !native && codes.length < 1 ? 'no picture of a QR code' :
        paper.cuts !== (profile === 'generic-58' ? 0 : 1) ? `${paper.cuts} cuts` : '';
    verdict(`${name} on ${profile} reads back`, wrong);
}

// The slip's signature by node's own Ed25519.
function checkSignature(text, keyHex) {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWX';
    let bits = '';
    for (const symbol of text.slice(3)) {
        bits += alphabet.indexOf(symbol).toString(2).padStart(5, '0');
    }
    const bytes = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
    const body = bytes.subarray(0, -64);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(keyHex, 'hex')]);
    const key = crypto.createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const message = Buffer.concat([Buffer.from('anlauf slip 1\0'), body]);
    const valid = crypto.verify(null, message, key, bytes.subarray(-64));
    verdict("another Ed25519 believes the slip", valid ? '' : 'it does not');
}

const rows = fs.readFileSync(path.join(folder, 'slips.tsv'), 'utf8').trim().split('\n');
rows.forEach(check);
checkSignature(rows[0].split('\t')[3], fs.readFileSync(path.join(folder, 'device.key'), 'utf8').trim());
process.exit(failed ? 1 : 0);
