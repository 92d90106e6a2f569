// Asks better-sqlite3 for everything that the app relies on, and more, and prints the answers.
const answers = async (folder) => ({
  statements: require('./statements.cjs')(folder),
  connections: await require('./connections.cjs')(folder),
  functions: require('./functions.cjs')(folder),
  lifetimes: await require('./lifetimes.cjs')(folder),
});

void answers(process.argv[2]).then((all) => process.stdout.write(JSON.stringify(all)));
