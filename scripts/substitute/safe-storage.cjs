'use strict';
// The calls of Electron 45's safeStorage that Electron 33 lacks, over those it has.
const { app, safeStorage } = require('electron');

safeStorage.isAsyncEncryptionAvailable ??= async () => {
  await app.whenReady();
  return safeStorage.isEncryptionAvailable();
};
safeStorage.encryptStringAsync ??= async (plainText) => safeStorage.encryptString(plainText);
safeStorage.decryptStringAsync ??= async (encrypted) => ({
  shouldReEncrypt: false,
  result: safeStorage.decryptString(encrypted),
});
