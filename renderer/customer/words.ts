import type { Language } from '../../preload/contract/index.ts';

interface CustomerWords {
  readonly welcome: string;
  readonly topUp: string;
  readonly bonus: string;
  readonly points: string;
  readonly thanks: string;
  /** `{{name}}` is the member's first name. */
  readonly thanksTo: string;
  readonly practice: string;
}

/** All that the customer's display says: a page of its own, which waits for no library. */
export const words: Readonly<Record<Language, CustomerWords>> = {
  en: {
    welcome: 'Welcome',
    topUp: 'Top-up',
    bonus: 'Bonus',
    points: 'Points',
    thanks: 'Thank you',
    thanksTo: 'Thank you, {{name}}',
    practice: 'Practice: no real money',
  },
  zh: {
    welcome: '欢迎光临',
    topUp: '充值',
    bonus: '赠送',
    points: '积分',
    thanks: '谢谢',
    thanksTo: '谢谢您，{{name}}',
    practice: '练习：不涉及真钱',
  },
  ms: {
    welcome: 'Selamat datang',
    topUp: 'Tambah nilai',
    bonus: 'Bonus',
    points: 'Mata',
    thanks: 'Terima kasih',
    thanksTo: 'Terima kasih, {{name}}',
    practice: 'Latihan: bukan wang sebenar',
  },
};
