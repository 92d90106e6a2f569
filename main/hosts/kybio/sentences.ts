import type { KnownWords, WordsCategory } from './known-words.ts';

/**
 * Complete refusal sentences. Only a reply of nothing else may mean that an increment was not applied: a fragment
 * also occurs in "Saved. Warning: member balance insufficient".
 */

// Derived from the platform's field names and Chinese till software; the practice store uses them too.
const origin = {
  source: 'wording of the KYBIO and Pospal Open API; not confirmed by a host',
  date: '2026-11-26',
};

const sentences = (category: WordsCategory, said: readonly string[]): readonly KnownWords[] =>
  said.map((sentence) => ({ category, words: [sentence], sentence: true, ...origin }));

/** Every subject with every predicate. */
const each = (subjects: readonly string[], predicates: readonly string[]): readonly string[] =>
  subjects.flatMap((subject) => predicates.map((predicate) => `${subject} ${predicate}`));

const withArticle = (nouns: readonly string[]): readonly string[] =>
  nouns.flatMap((noun) => [noun, `the ${noun}`]);

const isWrong = ['invalid', 'is invalid', 'error', 'incorrect', 'is incorrect', 'wrong', 'is wrong'];
const isNotThere = ['not found', 'is not found', 'was not found', 'not exist', 'does not exist'];
const isWrongChinese = ['错误', '不正确', '无效'];

const signatures = withArticle(['signature', 'data-signature']);
const signature = [
  ...each(signatures, [...isWrong, 'mismatch', 'does not match', 'verification failed']),
  ...each(['invalid', 'wrong', 'incorrect'], ['signature', 'data-signature']),
  ...each(['签名'], [...isWrongChinese, '失败', '验证失败', '校验失败']),
  '验签失败',
  '签名验证错误',
];

const credentials = [
  ...each(withArticle(['appId']), [...isWrong, ...isNotThere, 'required', 'is required']),
  ...each(withArticle(['appKey']), isWrong),
  ...each(['invalid', 'wrong'], ['appId', 'appKey', 'credential', 'credentials']),
  ...each(['appId'], [...isWrongChinese, '不存在', '不能为空', '不存在或未授权']),
  ...each(['appKey', '凭证'], isWrongChinese),
];

const timeStamp = [
  ...each(withArticle(['time-stamp', 'timestamp']), [
    'expired',
    'is expired',
    'has expired',
    'invalid',
    'is invalid',
  ]),
  ...each(['时间戳'], ['过期', '已过期', ...isWrongChinese]),
];

const permission = [
  'no permission',
  'permission denied',
  'not authorized',
  'permission denied for this interface',
  '没有权限',
  '无权限',
  '未授权',
  '没有接口权限',
  '没有访问权限',
];

const quotas = withArticle(['quota', 'access times', 'limitTimes', 'access limit']);
const isSpent = ['exceeded', 'is exceeded', 'are exceeded', 'has been exceeded', 'have been exceeded'];
const isSpentChinese = ['已用完', '超限', '超过限制', '超过上限', '已超过上限', '已达上限'];
const quota = [
  ...each(quotas, [...isSpent, 'reached']),
  ...each(
    ['访问', '接口访问', '调用', '接口调用'].flatMap((what) => [`${what}次数`, `今日${what}次数`]),
    isSpentChinese,
  ),
];

const duplicate = [
  ...withArticle(['duplicate submission', 'repeated submission', 'submitted repeatedly']),
  '重复提交',
  '重复提交修改',
  '数据重复提交',
];

const people = withArticle(['member', 'customer', 'this member', 'this customer']);
const peopleChinese = ['会员', '该会员'];
const notFound = [
  ...each(people, isNotThere),
  ...each(['no such'], ['member', 'customer']),
  ...each(peopleChinese, ['不存在', '未找到']),
  ...each(['找不到', '未找到'], peopleChinese),
];

const endings = ['disabled', 'deleted', 'expired'];
const unfit = [
  ...each(
    people,
    endings.flatMap((end) => [end, `is ${end}`, `has been ${end}`, `has ${end}`]),
  ),
  ...each(peopleChinese, ['已禁用', '已停用', '已删除', '已过期', '已到期', '被禁用', '被删除']),
];

const poor = [
  ...each(people, ['balance insufficient', 'balance is insufficient']),
  ...each(people, ['points insufficient', 'points are insufficient']),
  ...each(['余额', '积分', '会员余额', '会员积分'], ['不足']),
];

const fields = ['customerUid', 'balanceIncrement', 'pointIncrement', 'dataChangeTime'];
const isNoType = ['Long', 'BigDecimal', 'String', 'Date', 'number', 'decimal'].map(
  (type) => `is not a valid ${type}`,
);
const badField = each(fields, [
  'invalid',
  'is invalid',
  'required',
  'is required',
  'format is wrong',
  'format is invalid',
  '不能为空',
  '格式错误',
  '格式不正确',
  ...isNoType,
]);

export const knownSentences: readonly KnownWords[] = [
  ...sentences('duplicate', duplicate),
  ...sentences('signature', signature),
  ...sentences('credentials', credentials),
  ...sentences('time-stamp', timeStamp),
  ...sentences('permission', permission),
  ...sentences('quota', quota),
  ...sentences('member-or-body', notFound).map((row): KnownWords => ({ ...row, notFound: true })),
  ...sentences('member-or-body', [...unfit, ...poor, ...badField]),
];
