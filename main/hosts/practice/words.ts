/** What the practice store says when it refuses. Made up, but in the manner of public Pospal clients' logs. */
export const words = {
  signatureInvalid: '签名错误 (data-signature invalid)',
  appIdUnknown: 'appId不存在或未授权',
  quotaUsedUp: '今日访问次数已用完 (access limit reached)',
  timeStampExpired: 'time-stamp is expired',
  timeStampInvalid: 'time-stamp must be Unix time in milliseconds',
  userAgentInvalid: 'User-Agent must be openApi',
  bodyNotJson: 'Request body is not a JSON object',
  duplicate: '重复提交修改',
  customerUnknown: 'Customer does not exist',
  customerDeleted: 'Customer has been deleted',
  customerDisabled: 'Customer is disabled',
  customerExpired: 'Customer has expired',
  balanceInsufficient: 'Customer balance is insufficient',
  pointInsufficient: 'Customer points are insufficient',
  callNotOffered: 'This method is not supported',
  postBackParameterInvalid: 'postBackParameter is invalid',
  rangeTooLong: 'stateDate and endDate are more than 31 days apart',
  daysTooMany: 'beginDate and endDate are more than 7 days apart',
  rangeReversed: 'endDate is before stateDate',
  daysReversed: 'endDate is before beginDate',
} as const;

/** The refusals to an increment by what they are about; each is a whole reply. */
export const refusals = {
  signature: [words.signatureInvalid],
  credentials: [words.appIdUnknown],
  'time-stamp': [words.timeStampExpired],
  quota: [words.quotaUsedUp],
  duplicate: [words.duplicate],
  'member-or-body': [
    words.customerUnknown,
    words.customerDeleted,
    words.customerDisabled,
    words.customerExpired,
    words.balanceInsufficient,
    words.pointInsufficient,
  ],
} as const;

export const fieldRequired = (field: string): string => `${field} is required`;

export const fieldInvalid = (field: string, type: string): string => `${field} is not a valid ${type}`;

/** The code of every refusal. KYBIO's table is not public, so no code here may teach what a real host would not confirm. */
export const madeUpErrorCode = 1;

/** What a hotel's or a mall's network answers in KYBIO's place, with HTTP 200. */
export const portalPage =
  '<!DOCTYPE html><html><head><title>Wi-Fi login</title></head>' +
  '<body><h1>Welcome to Free Mall Wi-Fi</h1><form action="/login"><button>Accept and connect</button></form></body></html>';
