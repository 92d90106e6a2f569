/** English of every page, but what comes with the till’s own screen: the query leaves other languages out. */
export default Object.assign(
  {},
  ...Object.values(import.meta.glob('../**/words.json', { eager: true, import: 'en', query: '?en.json' })),
);
