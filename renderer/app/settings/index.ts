export { MembersFileDialog } from './members-file-dialog.tsx';
export { SavePolicyDialog } from './save-policy-dialog.tsx';
export { SettingsScreen } from './settings-screen.tsx';
