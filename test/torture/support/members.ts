import { meiLing, practiceMembers } from '../../../main/hosts/practice/members.ts';

/**
 * Members who may be topped up. A till in torture knows few: it seals all that it knows at every start, and
 * here it starts all the time.
 */
export const tortureMembers = practiceMembers
  .filter(
    ({ customerUid, enable, expiryDate }) =>
      customerUid !== meiLing.customerUid && enable === 1 && expiryDate === null,
  )
  .slice(0, 30);
