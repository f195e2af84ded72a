'use strict';
// The peer: PouchDB → pouchdb-server, with the same events as documents.
//   node peer.js fill DIR EVENTS            a local database with one document an event
//   node peer.js push DIR URL BATCH         prints written=N ms=N
//   node peer.js add DIR                    one more document
const fs = require('fs');
const Pouch = require('pouchdb-core')
  .plugin(require('pouchdb-adapter-leveldb'))
  .plugin(require('pouchdb-adapter-http'))
  .plugin(require('pouchdb-replication'));

async function main([what, dir, where, batch]) {
  const local = new Pouch(dir, { adapter: 'leveldb' });
  if (what === 'fill') {
    const docs = fs.readFileSync(where, 'utf8').trim().split('\n').map(JSON.parse);
    for (const doc of docs) { doc._id = doc.id; delete doc.id; }
    for (let i = 0; i < docs.length; i += 1000) {
      await local.bulkDocs(docs.slice(i, i + 1000));
    }
  } else if (what === 'add') {
    await local.put({ _id: `one-${process.hrtime.bigint()}`, kind: 'offer.unfit', v: 1, boot: 3,
      mono_ms: 83011, wall_ms: Date.now(), body: { participant: null, code: 'R-204', reason: 'time' } });
  } else {
    const start = process.hrtime.bigint();
    const seen = await local.replicate.to(new Pouch(where, { adapter: 'http' }), { batch_size: Number(batch) });
    console.log(`written=${seen.docs_written} ms=${Number(process.hrtime.bigint() - start) / 1e6}`);
  }
  await local.close();
}
main(process.argv.slice(2)).catch((fault) => { console.error(String(fault)); process.exit(1); });
