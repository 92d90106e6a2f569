export { ATTEMPT_DEADLINE_MS } from './attempt-deadline.ts';
export type {
  Exchange,
  HostAccount,
  HostLogRow,
  HostMember,
  HostProtocol,
  IncrementFields,
  IncrementReply,
  MemberHost,
  Outcome,
  Page,
  Phase,
  Read,
  ReadFailure,
  SignedBody,
  Signer,
  TestAnswer,
} from './member-host.ts';
export { doubleOf, isBlank, isIdInexact, mayBeRounded, sameMember } from './member-id.ts';
export { isPhone, PHONE_DIGITS } from './phone.ts';
