export { MembersFileDialog } from './members-file-dialog.tsx';
export { SettingsScreen } from './settings-screen.tsx';
