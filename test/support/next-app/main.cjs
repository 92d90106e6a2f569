// The built app under the number of the version after it: as what was built from the same source would be.
const { join, resolve } = require('node:path');
const { app } = require('electron');

const root = resolve(__dirname, '../../..');
const manifest = require(join(root, 'package.json'));

app.setAppPath(root);
app.setName(manifest.productName);
app.setVersion(require('./package.json').version);
require(join(root, manifest.main));
