/** A Chinese name is one word; the family name is its first character. */
const chineseName = /^\p{Script=Han}{2,4}$/u;

/** Chinese family names in Latin letters, written first in Singapore and Malaysia. */
const familyNames: ReadonlySet<string> = new Set(
  (
    'ang ong tan lim lee ng wong goh chua chan koh teo yeo tay ho low toh sim chong chia chen wang zhang li liu ' +
    'lin huang wu zhou xu sun zhu gao guo he luo liang cheng cheong chew chin choo chow chu foo fong gan heng hoe ' +
    'khoo kok kwek kwok lai lam lau leong leow liew loh loke lum mah mok neo ooi pang phua poh quah quek seah see ' +
    'seet seow soh soo soon tang teh tham thio tong wee woo yap yeoh yip yong yuen'
  ).split(' '),
);

/**
 * The part of a member's name a stranger may read: the first name. In Chinese characters, or after a Chinese family
 * name, what follows the family name; otherwise the first word. Null without a name.
 */
export function firstName(name: string): string | null {
  const [first = '', second, third] = name.trim().split(/[\s\u3000]+/u);
  if (first === '') return null;
  if (chineseName.test(first)) {
    const characters = Array.from(first);
    return characters.slice(characters.length === 4 ? 2 : 1).join('');
  }
  if (second === undefined || !familyNames.has(first.toLowerCase())) return first;
  return third === undefined ? second : `${second} ${third}`;
}
