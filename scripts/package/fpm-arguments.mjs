/**
 * The part of fpm's command line that electron-builder uses for a deb. Throws RangeError where it asks for another kind
 * of package, or for something that is not known here.
 */
export function readFpmArguments(argv) {
  const one = {};
  const many = { depends: [], recommends: [] };
  const copies = [];
  const flags = ['--force', '--debug'];
  const names = { '-d': 'depends', '--deb-recommends': 'recommends' };
  for (let at = 0; at < argv.length; at += 1) {
    const argument = argv[at];
    if (flags.includes(argument)) continue;
    if (!argument.startsWith('-')) {
      const cut = argument.lastIndexOf('=');
      // A folder that ends in a slash is copied as what is in it.
      copies.push({ from: argument.slice(0, cut).replace(/\/$/, ''), to: argument.slice(cut + 1) });
      continue;
    }
    const cut = argument.startsWith('--') ? argument.indexOf('=') : -1;
    const name = cut < 0 ? argument : argument.slice(0, cut);
    const value = cut < 0 ? argv[++at] : argument.slice(cut + 1);
    if (value === undefined) throw new RangeError(`${name} has no value`);
    if (name in names) many[names[name]].push(value);
    else one[name] = value;
  }
  if (one['-s'] !== 'dir' || one['-t'] !== 'deb')
    throw new RangeError(`only a deb of a folder can be made here, not ${one['-t']} of ${one['-s']}`);
  const scripts = {
    postinst: one['--after-install'],
    prerm: one['--before-remove'],
    postrm: one['--after-remove'],
  };
  return {
    ...many,
    copies,
    file: needed(one, '--package'),
    name: needed(one, '--name'),
    version: needed(one, '--version'),
    architecture: needed(one, '--architecture'),
    maintainer: needed(one, '--maintainer'),
    homepage: /^https?:/.test(one['--url'] ?? '') ? one['--url'] : '',
    section: one['--category'] ?? 'misc',
    priority: one['--deb-priority'] ?? 'optional',
    description: needed(one, '--description'),
    scripts: Object.fromEntries(Object.entries(scripts).filter(([, path]) => path !== undefined)),
  };
}

function needed(one, name) {
  if (one[name] === undefined) throw new RangeError(`${name} is missing`);
  return one[name];
}

/** `DEBIAN/control` as deb-control(5) has it: one line a field, and a description whose empty lines are dots. */
export function controlFile(asked, installedKiB) {
  const [synopsis = '', ...rest] = asked.description.split('\n').map((line) => line.trim());
  const body = rest.map((line) => ` ${line === '' ? '.' : line}`);
  const fields = [
    ['Package', asked.name],
    ['Version', asked.version],
    ['Architecture', asked.architecture],
    ['Maintainer', asked.maintainer],
    ['Installed-Size', String(installedKiB)],
    ['Depends', asked.depends.join(', ')],
    ['Recommends', asked.recommends.join(', ')],
    ['Section', asked.section],
    ['Priority', asked.priority],
    ['Homepage', asked.homepage],
    ['Description', synopsis === '' ? asked.name : synopsis],
  ];
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}`);
  return `${[...lines, ...body].join('\n')}\n`;
}
