// Reads a node with sdmx-rest, which builds addresses, and sdmx-json-parser, which reads answers. Arguments: the node's address, a user and
// an access key. Prints one JSON object. Whom to trust comes from NODE_EXTRA_CA_CERTS.
import sdmxrest from 'sdmx-rest';
import parser from 'sdmx-json-parser';

const [base, user, key] = process.argv.slice(2);
const authorization = 'Basic ' + Buffer.from(`${user}:${key}`).toString('base64');
const STRUCTURE = 'application/vnd.sdmx.structure+json;version=2.0.0';
const DATA = 'application/vnd.sdmx.data+json;version=2.0.0';
const V2 = { url: `${base}/sdmx/v2`, api: 'v2.0.0', format: DATA, structureFormat: STRUCTURE };
const V1 = { url: `${base}/sdmx/v1`, api: 'v1.4.0' };
const FILIPINOS = 'A5.IT._T.PH._T.CB.*.*.*.*.*.*.*.*.*';

// Sends what sdmx-rest makes of a query and lets it check status and media type.
async function ask(query, service, accept) {
  const text = await sdmxrest.request(query, service, { headers: { authorization, accept } });
  return JSON.parse(text).data;
}

async function figures(url) {
  const one = new parser.SDMXParser();
  await one.getDatasets(url, { headers: { authorization } });
  return one.getData();
}

const result = {};

const flows = await ask({ resource: 'dataflow', agency: 'ENTENTE', detail: 'allcompletestubs' }, V2, STRUCTURE);
result.flows = flows.dataflows.map((flow) => flow.id);

const list = await ask({ resource: 'codelist', agency: 'SDMX', id: 'CL_SEX' }, V2, STRUCTURE);
result.codes = list.codelists[0].codes.map((code) => code.id);

const context = 'dataflow=ENTENTE:DF_DIASPORA(1.0.0)';
const data = { context, key: FILIPINOS };
result.dataSets = (await ask(data, V2, DATA)).dataSets.length;

// The addresses of sdmx-rest, read by sdmx-json-parser.
result.figures = await figures(sdmxrest.getUrl(data, V2));
result.since2015 = await figures(sdmxrest.getUrl({ ...data, filters: ['TIME_PERIOD=ge:2015'] }, V2));
result.flat = await figures(sdmxrest.getUrl({ ...data, obsDimension: 'AllDimensions' }, V2));

const old = { flow: 'ENTENTE,DF_DIASPORA,1.0.0', key: 'A5.IT._T.PH._T.CB.........', start: '2015' };
result.version1 = await figures(sdmxrest.getUrl(old, V1));

const available = await ask({ context, key: FILIPINOS, component: 'SEX', mode: 'exact' }, V2, STRUCTURE);
const region = available.dataConstraints[0].cubeRegions[0];
result.available = region.keyValues.find((one) => one.id === 'SEX').values.map((one) => one.value ?? one);

console.log(JSON.stringify(result));
