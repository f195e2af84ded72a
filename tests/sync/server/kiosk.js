// A kiosk as far as the server's tests need one. State is a JSON file; CENTRE in the
// environment is where the server is now.
//   kiosk.js STATE enrol URL CODE      kiosk.js STATE session          prints the token
//   kiosk.js STATE body COUNT [BYTES]  the body of a POST, to the standard output
//   kiosk.js STATE send COUNT          posts such a body and goes on
//   kiosk.js STATE person              enrols somebody; prints the id
//   kiosk.js STATE wish PERSON CODE DATE   somebody wants a job; prints the id
//   kiosk.js STATE generation          as the last session said
//   kiosk.js STATE rewind              goes on where the last session said
//   kiosk.js STATE rewind-to CURSOR    goes on at a cursor
//   kiosk.js STATE path                where it is posted
'use strict';
const crypto = require('crypto');
const fs = require('fs');
const http = require('http');
const https = require('https');

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const [file, verb, ...words] = process.argv.slice(2);
const state = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
const b64 = (bytes) => Buffer.from(bytes).toString('base64url');
const sha = (...parts) => parts.reduce((h, p) => h.update(p), crypto.createHash('sha256')).digest();
const hmac = (key, ...parts) =>
    parts.reduce((h, p) => h.update(p), crypto.createHmac('sha256', key)).digest();
const zero = Buffer.from([0]);

function save() {
    fs.writeFileSync(file, JSON.stringify(state), {mode: 0o600});
}

function fail(what) {
    process.stderr.write(`kiosk.js: ${what}\n`);
    process.exit(1);
}

function codeBytes(text) {
    let bits = '';
    for (const c of text.replace(/[- ]/g, '')) {
        bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
    }
    return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
}

function ask(method, path, body, headers = {}) {
    const url = new URL(path, process.env.CENTRE || state.url);
    const options = {method, headers, rejectUnauthorized: false};
    return new Promise((resolve, reject) => {
        const request = (url.protocol === 'https:' ? https : http).request(url, options, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('end', () =>
                resolve({status: answer.statusCode, text: Buffer.concat(parts).toString()}));
        });
        request.on('error', reject);
        request.end(body);
    });
}

function privateKey() {
    return crypto.createPrivateKey({key: state.key, format: 'jwk'});
}

function sign(domain, ...parts) {
    return crypto.sign(null, Buffer.concat([Buffer.from(domain), zero, ...parts.map(Buffer.from)]),
        privateKey());
}

async function enrol(url, text) {
    const code = codeBytes(text);
    const secret = hmac(code, 'anlauf enrol secret 1');
    state.url = url;
    if (!state.key) {
        state.key = crypto.generateKeyPairSync('ed25519').privateKey.export({format: 'jwk'});
    }
    const pub = Buffer.from(state.key.x, 'base64url');
    const body = {
        lookup: b64(hmac(code, 'anlauf enrol lookup 1').subarray(0, 10)),
        public: b64(pub),
        mac: b64(hmac(secret, 'kiosk', zero, pub)),
    };
    const {status, text: reply} = await ask('POST', '/v1/enrol', JSON.stringify(body));
    if (status !== 201) {
        fail(`enrol: ${status} ${reply.trim()}`);
    }
    const [first, second] = reply.split('\n');
    const mac = b64(hmac(secret, 'centre', zero, pub, first));
    if (JSON.parse(second).mac !== mac) {
        fail('enrol: the centre does not know the code');
    }
    Object.assign(state, {grant: JSON.parse(first), epoch: 1, seq: 0, salt: 0});
    state.head = b64(sha('anlauf log 1', zero, state.grant.dev, zero, '1', zero, '1'));
    save();
    process.stdout.write(`${first}\n`);
}

async function session() {
    const {dev} = state.grant;
    const first = await ask('POST', '/v1/session', JSON.stringify({dev}));
    if (first.status !== 200) {
        fail(`session: ${first.status} ${first.text.trim()}`);
    }
    const {nonce} = JSON.parse(first.text);
    const sig = b64(sign('anlauf session 1', dev, nonce));
    const second = await ask('POST', '/v1/session',
        JSON.stringify({dev, nonce, epoch: state.epoch, boot: 1, mono_ms: 1000, sig}));
    if (second.status !== 200) {
        fail(`session: ${second.status} ${second.text.trim()}`);
    }
    const {token, generation, log} = JSON.parse(second.text);
    Object.assign(state, {token, generation, log});
    save();
    process.stdout.write(`${state.token}\n`);
}

function event(seq, bytes) {
    return JSON.stringify({seq, kind: 'test.noted', v: 1, boot: 1, mono_ms: 1000 + seq, wall_ms: 0,
        salt: b64(crypto.randomBytes(8)), body: {note: 'x'.repeat(bytes)}});
}

function makeId() {
    const bytes = crypto.randomBytes(26);
    return Array.from(bytes, (b, i) => alphabet[b % (i === 0 ? 8 : 32)]).join('');
}

function fact(kind, id, body) {
    const line = JSON.stringify({seq: state.seq + 1, id, kind, v: 1, boot: 1, mono_ms: 5000 + state.seq,
        wall_ms: 0, salt: b64(crypto.randomBytes(8)), body});
    return [line];
}

function person(id) {
    return fact('participant.enrolled', makeId(), {participant: id, alias: 'Falke 7', band: '16-17',
        band_until: null, full_time_schooling: true,
        consents: {custodian: {given: true, until: null}, store: {given: true, until: null}},
        interests: [], tried: [], again: [], languages: 1, district: '', staff: null});
}

function wish(id, participant, code, date) {
    return fact('wish.made', id, {participant, code, title: 'T', place: '', district: 'Mitte',
        field: 'F03', cents: 500, date, start: '16:00', end: '17:00', break_minutes: 0,
        site_kind: 'nonprofit', work_kind: 'garden', load_g: 0, dangerous: false, paced: false,
        alcohol_tobacco: false});
}

function notes(count, bytes) {
    return Array.from({length: count}, (_, i) => event(state.seq + 1 + i, bytes));
}

function makeBody(events) {
    let head = Buffer.from(state.head, 'base64url');
    const check = () => JSON.stringify({check: b64(head.subarray(0, 8))});
    const lines = [JSON.stringify({from: state.seq + 1, check: b64(head.subarray(0, 8)), boot: 1,
        mono_ms: 1000})];
    events.forEach((line, i) => {
        lines.push(line);
        head = sha(head, sha(line));
        if (i % 20 === 19) {
            lines.push(check());
        }
    });
    lines.push(JSON.stringify({sig: b64(sign('anlauf log 1', head))}));
    return {text: lines.map((line) => `${line}\n`).join(''), head: b64(head)};
}

async function send(events, said) {
    const body = makeBody(events);
    const {status, text} = await ask('POST', `/v1/log/${state.epoch}`, body.text,
        {Authorization: `Bearer ${state.token}`});
    if (status === 200) {
        state.seq += events.length;
        state.head = body.head;
        save();
    }
    if (status === 200 && JSON.parse(text).parked > 0 && said) {
        fail(`parked: ${text.trim()}`);
    }
    process.stdout.write(said ? `${said}\n` : `${status} ${text.trim()}\n`);
}

async function main() {
    switch (verb) {
    case 'enrol':
        return enrol(words[0], words[1]);
    case 'session':
        return session();
    case 'body':
        return process.stdout.write(
            makeBody(notes(Number(words[0]), Number(words[1] || 10))).text);
    case 'send':
        return send(notes(Number(words[0]), 10));
    case 'person':
    case 'wish': {
        const id = makeId();
        return send(verb === 'person' ? person(id) : wish(id, ...words), id);
    }
    case 'generation':
        return process.stdout.write(`${state.generation}\n`);
    case 'rewind': // to where the server is after it was put back
        Object.assign(state, {seq: state.log.seq, head: state.log.head});
        return save();
    case 'rewind-to': // the answer of GET /v1/log/EPOCH
        Object.assign(state, {seq: JSON.parse(words[0]).seq, head: JSON.parse(words[0]).head});
        return save();
    case 'path':
        return process.stdout.write(`/v1/log/${state.epoch}\n`);
    default:
        return fail(`${verb}: is nothing`);
    }
}

main().catch((error) => fail(error.message));
