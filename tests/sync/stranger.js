// A kiosk written from sync/PROTOCOL.md alone, with nothing but Node's own modules: enrols,
// sends a log of wishes, is cut in the middle, goes on from the cursor, reads the feed.
//   stranger.js URL CODE [EVENTS]      prints one line of what it knows: JSON
'use strict';
const crypto = require('crypto');
const http = require('http');

const [url, codeText, eventsText] = process.argv.slice(2);
const EVENTS = Number(eventsText || 60), CHECK_EVERY = 10, EPOCH = 1;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// ---- notation
const bytes = part => (Buffer.isBuffer(part) ? part : Buffer.from(String(part)));
const join = (...parts) => Buffer.concat(parts.map(bytes));
const zero = (...parts) => join(...parts.flatMap((part, i) => (i ? ['\0', part] : [part])));
const sha256 = (...parts) => crypto.createHash('sha256').update(join(...parts)).digest();
const hmac = (key, ...parts) => crypto.createHmac('sha256', key).update(join(...parts)).digest();
const b64 = buffer => buffer.toString('base64url');
const unb64 = text => Buffer.from(text, 'base64url');
const must = (good, what) => { if (!good) { throw new Error(what); } };

function id(sixteen) {
    let number = BigInt('0x' + sixteen.toString('hex')), text = '';
    for (let i = 0; i < 26; i++, number >>= 5n) { text = ALPHABET[Number(number & 31n)] + text; }
    return text;
}
function codeBytes(text) {
    const typed = text.toUpperCase().replace(/[- ]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
    const number = [...typed].reduce((n, c) => n * 32n + BigInt(ALPHABET.indexOf(c)), 0n);
    return Buffer.from(number.toString(16).padStart(20, '0'), 'hex');
}

// ---- keys
const pair = crypto.generateKeyPairSync('ed25519');
const raw = key => unb64(key.export({ format: 'jwk' }).x);
const publicOf = x => crypto.createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
const sign = (domain, m) => b64(crypto.sign(null, zero(domain, m), pair.privateKey));
const dev = id(sha256(raw(pair.publicKey)).subarray(0, 16));

// ---- HTTP; `cut`: the connection dies after so many bytes of the body
let token = null;
function ask(method, path, body, cut) {
    return new Promise((done, failed) => {
        const headers = token ? { Authorization: `Bearer ${token}` } : {};
        if (body !== undefined) { headers['Content-Length'] = Buffer.byteLength(body); }
        if (path.startsWith('/v1/log') && method === 'POST') { headers['Content-Type'] = 'application/x-ndjson'; }
        const request = http.request(url + path, { method, headers, agent: false }, answer => {
            const parts = [];
            answer.on('data', part => parts.push(part));
            answer.on('end', () => done({ status: answer.statusCode, body: Buffer.concat(parts) }));
        });
        request.on('error', failed);
        if (cut === undefined) { request.end(body); return; }
        request.write(bytes(body).subarray(0, cut), () => setTimeout(() => request.destroy(), 200));
    });
}
async function get(method, path, body, status) {
    const answer = await ask(method, path, body);
    must(answer.status === status, `${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.body;
}

// ---- enrolment, session
async function enrol() {
    const code = codeBytes(codeText), key = raw(pair.publicKey);
    const secret = hmac(code, 'anlauf enrol secret 1');
    const body = JSON.stringify({
        lookup: b64(hmac(code, 'anlauf enrol lookup 1').subarray(0, 10)), public: b64(key),
        mac: b64(hmac(secret, 'kiosk', '\0', key)) });
    const [grant, proof] = (await get('POST', '/v1/enrol', body, 201)).toString().split('\n');
    must(JSON.parse(proof).mac === b64(hmac(secret, 'centre', '\0', key, grant)), 'not the centre');
    must(JSON.parse(grant).dev === dev, 'another id');
    return JSON.parse(grant);
}
async function session() {
    token = null;
    const { nonce } = JSON.parse(await get('POST', '/v1/session', JSON.stringify({ dev }), 200));
    const answer = JSON.parse(await get('POST', '/v1/session', JSON.stringify({
        dev, nonce, epoch: EPOCH, boot: 1, mono_ms: 1000, sig: sign('anlauf session 1', dev + nonce) }), 200));
    token = answer.token;
    return answer;
}

// ---- the log
const lines = [], heads = [sha256(zero('anlauf log 1', dev, EPOCH, 1))];
function write(kind, body, v = 1) {
    const fact = id(crypto.randomBytes(16)), seq = lines.length + 1;
    const line = JSON.stringify({ seq, id: fact, kind, v, boot: 1, boot_ms: 0, mono_ms: 1000 + seq,
        salt: b64(crypto.randomBytes(8)), body });
    lines.push(line);
    heads.push(sha256(heads[seq - 1], sha256(line)));
    return fact;
}
function writeLog(offer) {
    const participant = id(crypto.randomBytes(16));
    write('participant.enrolled', { participant, alias: 'Fremd', band: '18+' });
    while (lines.length < EVENTS - 1) { // what is usual is not said
        write('wish.made', { participant, code: offer.id, date: offer.body.date, start: '16:00', end: '17:00',
            site_kind: 'nonprofit', work_kind: 'garden' });
    }
    write('stranger.sang', { song: 1 }); // the centre knows no such kind
}
const check = seq => b64(heads[seq].subarray(0, 8));
function batch(from, to) {
    const out = [JSON.stringify({ from, check: check(from - 1), boot: 1, mono_ms: 2000 })];
    for (let seq = from; seq <= to; seq++) {
        out.push(lines[seq - 1]);
        if (seq % CHECK_EVERY === 0) { out.push(JSON.stringify({ check: check(seq) })); }
    }
    out.push(JSON.stringify({ sig: sign('anlauf log 1', heads[to]) }));
    return out.join('\n') + '\n';
}
async function send() {
    const all = batch(1, lines.length);
    const behind = all.lastIndexOf('{"seq":37,'); // in the middle of the 37th line
    await ask('POST', `/v1/log/${EPOCH}`, all, behind + 20).catch(() => null);
    let cursor = null;
    for (let i = 0; i < 50 && !(cursor && cursor.seq === 30); i++) { // it may still be storing
        const answer = await ask('GET', `/v1/log/${EPOCH}`);
        cursor = answer.status === 200 ? JSON.parse(answer.body) : null;
        await new Promise(wait => setTimeout(wait, 50));
    }
    must(cursor && cursor.seq === 30, `after the cut the cursor is ${JSON.stringify(cursor)}`);
    must(cursor.head === b64(heads[30]) && cursor.start === 1, 'another chain');
    const wrong = await ask('POST', `/v1/log/${EPOCH}`, all);
    must(wrong.status === 409 && JSON.parse(wrong.body).seq === 30, `again from 1: ${wrong.status}`);
    return JSON.parse(await get('POST', `/v1/log/${EPOCH}`, batch(31, lines.length), 200));
}

// ---- the feed
const little = buffer => BigInt('0x' + Buffer.from(buffer).reverse().toString('hex'));
const bodyOf = line => line.slice(line.indexOf(',"body":') + 8, -1); // no member stands behind it
async function feed(grant) {
    const rows = new Map();
    for (let since = 0, more = 1, end; more; since = end.to, more = end.more) {
        const page = (await get('GET', `/v1/feed?since=${since}`, undefined, 200)).toString();
        const last = page.lastIndexOf('\n', page.length - 2) + 1;
        end = JSON.parse(page.slice(last));
        const m = zero(grant.centre, since, end.to, end.more, end.live, end.digest, sha256(page.slice(0, last)));
        must(crypto.verify(null, zero('anlauf feed 1', m), publicOf(grant.server), unb64(end.sig)), 'signature of a page');
        for (const line of page.slice(0, last).split('\n').filter(Boolean)) {
            const row = JSON.parse(line);
            rows.delete(`${row.kind}\0${row.id}`);
            if (row.body) { rows.set(`${row.kind}\0${row.id}`, { ...row, bytes: bodyOf(line) }); }
        }
        if (!end.more) {
            let sum = 0n;
            for (const row of rows.values()) { sum += little(sha256(zero(row.kind, row.id, row.rev, row.bytes))); }
            must(rows.size === end.live && sum % (1n << 256n) === little(unb64(end.digest)), 'digest of the feed');
        }
    }
    return [...rows.values()];
}

(async () => {
    const grant = await enrol();
    must((await session()).log === null, 'a log before the first line');
    const offer = (await feed(grant)).find(row => row.kind === 'offer');
    must(offer, 'no offer in the feed');
    writeLog(offer);
    const sent = await send();
    must(sent.seq === lines.length && sent.signed === lines.length, 'not all is signed');
    const log = (await session()).log;
    must(log.seq === lines.length && log.head === b64(heads[lines.length]), 'the session says otherwise');
    const rows = await feed(grant);
    console.log(JSON.stringify({ dev, centre: grant.centre, seq: sent.seq,
        verdicts: rows.filter(row => row.kind === 'verdict').map(row => row.body.why),
        wishes: rows.filter(row => row.kind === 'wish').length, rows: rows.length }));
})().catch(error => { console.error(error.message); process.exit(1); });
