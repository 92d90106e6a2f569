'use strict';
// Run by the runtime of a package as if it were its program, with the folder of main's parts in COUNTERFOIL_PARTS: writes beside
// each part what its V8 makes of it. The file that starts the others, and those that are threads of their own, have none.
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

function makeBytecode(folder) {
  // A hash of what is in it is in the name: what is left over from another build is beside no part.
  const names = readdirSync(folder).filter((name) => /-[\w-]{8}\.cjs$/.test(name));
  // All functions, and not those alone that run at once. V8 takes only what was written under the flags that it runs with.
  setFlagsFromString('--no-lazy');
  const parts = names.map((name) => {
    const filename = join(folder, name);
    return { filename, script: new Script(wrap(readFileSync(filename, 'utf8')), { filename }) };
  });
  setFlagsFromString('--lazy');
  for (const { filename, script } of parts) writeFileSync(`${filename}.bytecode`, script.createCachedData());
}

// Before there is a window, and without a display: a program whose main throws would show it and wait.
try {
  makeBytecode(process.env['COUNTERFOIL_PARTS']);
  process.exit(0);
} catch (thrown) {
  process.stderr.write(`${thrown.stack}\n`);
  process.exit(1);
}
