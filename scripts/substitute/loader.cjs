'use strict';
// The substitute runtime has no default app: this one starts the folder named on the command
// line, as `electron FOLDER` would; packaged, the app around it.
const fs = require('node:fs');
const path = require('node:path');
const { app } = require('electron');

process.stderr.write(
  `counterfoil: substitute runtime, Electron ${process.versions.electron}: for development and tests only, never for a release\n`,
);

const folder = app.isPackaged
  ? path.join(__dirname, '../..')
  : path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

app.setAppPath(folder);
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
if (!app.commandLine.hasSwitch('user-data-dir')) {
  app.setPath('userData', path.join(app.getPath('appData'), app.name));
}

require('./hook.cjs');
require('./safe-storage.cjs');
require(path.join(folder, manifest.substituteFor ?? manifest.main));
