/** Chinese, of every page: the query leaves other languages out. */
export default Object.assign(
  {},
  ...Object.values(import.meta.glob('../**/words.json', { eager: true, import: 'zh', query: '?zh.json' })),
);
