export { enterAgain } from './again.ts';
export { topUp, useTopUp } from './form.ts';
export { MemberPicker } from './member-picker.tsx';
export { RefusedActs } from './refused-acts.tsx';
export { Ticket } from './ticket.tsx';
export { rulesOf } from './top-up.ts';
export { TopUpPanel } from './top-up-panel.tsx';
export { useMemberFocus } from './use-member-focus.ts';
export { useTillKeys } from './use-till-keys.ts';
