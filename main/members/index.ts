export { cachedPhone } from './cached-phone.ts';
export { readDirectoryAnew } from './directory-fill-service.ts';
export {
  createDirectoryRepository,
  type DirectoryRepository,
  type KnownMember,
} from './directory-repository.ts';
export type { ForgottenSends } from './forgotten-sends.ts';
export type { LookUpService } from './look-up-service.ts';
export { isOwnPhone, maskPhonesIn } from './mask-phones.ts';
export { type MemberReader, type MemberReading, readMemberOf } from './member-reader.ts';
export { maskPhone, memberStatus } from './member-status.ts';
export { addUpOwed } from './owed.ts';
export { createPhoneEnds, type PhoneEnds } from './phone-end-repository.ts';
export { readByUid } from './read-by-uid.ts';
export { readError } from './read-error.ts';
export { createMembers, type Members, type MembersNeeds } from './slice.ts';
