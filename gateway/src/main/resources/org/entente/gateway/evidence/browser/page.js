/* The page. */

window.verifyEvidence = verifyEvidence;
const $ = id => document.getElementById(id);
let bytes = null;
/* Nothing that was found before is left standing. */
function clear() {
  $('steps').hidden = $('words').hidden = true;
  $('verdict').textContent = '';
}
$('file').addEventListener('change', async () => {
  const file = $('file').files[0];
  bytes = file ? new Uint8Array(await file.arrayBuffer()) : null;
  clear();
  $('roots').replaceChildren();
  $('kind').textContent = '';
  const found = bytes && evidenceIn(bytes);
  if (found) $('kind').textContent = found.words;
  else if (bytes) $('verdict').textContent = 'This is no evidence file.';
  for (const party of found?.parties ?? []) {
    const label = document.createElement('label');
    label.htmlFor = 'root-' + party;
    label.textContent = 'Fingerprint of the root card of ' + party;
    const input = document.createElement('input');
    Object.assign(input, { type: 'text', id: 'root-' + party, name: party, spellcheck: false, autocomplete: 'off' });
    $('roots').append(label, input);
  }
  $('go').disabled = !found;
});
$('go').addEventListener('click', async () => {
  clear();
  const roots = Object.fromEntries([...$('roots').querySelectorAll('input')].map(i => [i.name, i.value]));
  const report = await verifyEvidence(bytes, roots);
  const body = $('steps').tBodies[0];
  body.replaceChildren();
  for (const step of report.steps) {
    const row = body.insertRow();
    row.insertCell().textContent = step.name;
    const result = row.insertCell();
    result.textContent = step.holds ? 'holds' : 'FAILS';
    result.className = step.holds ? 'holds' : 'fails';
    row.insertCell().textContent = step.sentence;
  }
  $('steps').hidden = false;
  $('verdict').textContent = report.holds ? 'The evidence holds.' : 'The evidence does not hold.';
  $('verdict').className = report.holds ? 'holds' : 'fails';
  if (report.holds) {
    $('page').srcdoc = JSON.parse(new TextDecoder().decode(bytes)).page;
    $('words').hidden = false;
  }
});
