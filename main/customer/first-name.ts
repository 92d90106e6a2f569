/** Letters of which a name is one word: the family name is its first. */
const chineseName = /^\p{Script=Han}{2,4}$/u;

/**
 * What a stranger may read of a member's name: its first word; of a name in Chinese characters what follows the family
 * name. Null where there is no name.
 */
export function firstName(name: string): string | null {
  const first = name.trim().split(/[\s\u3000]+/u)[0] ?? '';
  if (first === '') return null;
  if (!chineseName.test(first)) return first;
  const characters = Array.from(first);
  return characters.slice(characters.length === 4 ? 2 : 1).join('');
}
