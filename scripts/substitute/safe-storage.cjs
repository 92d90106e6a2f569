'use strict';
// The calls of Electron 45's safeStorage that Electron 25 lacks, over those it has.
const { app, safeStorage } = require('electron');

const knownDesktops = new Set(['Deepin', 'GNOME', 'Pantheon', 'UKUI', 'Unity', 'X-Cinnamon', 'XFCE']);

function requestedBackend() {
  const asked = app.commandLine.getSwitchValue('password-store');
  if (asked === 'gnome-libsecret' || asked === 'gnome') return 'gnome_libsecret';
  if (asked === 'basic') return 'basic_text';
  if (asked.startsWith('kwallet')) return asked;
  const desktops = (process.env['XDG_CURRENT_DESKTOP'] ?? '').split(':');
  if (desktops.includes('KDE')) return `kwallet${process.env['KDE_SESSION_VERSION'] ?? ''}`;
  return desktops.some((desktop) => knownDesktops.has(desktop)) ? 'gnome_libsecret' : 'basic_text';
}

safeStorage.isAsyncEncryptionAvailable ??= async () => {
  await app.whenReady();
  return safeStorage.isEncryptionAvailable();
};
safeStorage.encryptStringAsync ??= async (plainText) => safeStorage.encryptString(plainText);
safeStorage.decryptStringAsync ??= async (encrypted) => ({
  shouldReEncrypt: false,
  result: safeStorage.decryptString(encrypted),
});
safeStorage.getSelectedStorageBackend ??= () => {
  if (!app.isReady()) return 'unknown';
  return safeStorage.isEncryptionAvailable() ? requestedBackend() : 'basic_text';
};
