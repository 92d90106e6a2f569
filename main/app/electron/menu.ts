import type { Menu, MenuItemConstructorOptions } from 'electron';

/**
 * No menu, for Electron's own has reload, zoom and developer tools. macOS needs one for copy, paste, hide and quit,
 * with the system's words.
 */
export const menuTemplate = (platform: NodeJS.Platform): MenuItemConstructorOptions[] | null =>
  platform === 'darwin'
    ? [
        {
          role: 'appMenu',
          submenu: [
            { role: 'about' },
            { type: 'separator' },
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            { type: 'separator' },
            { role: 'quit' },
          ],
        },
        {
          role: 'editMenu',
          submenu: [
            { role: 'undo' },
            { role: 'redo' },
            { type: 'separator' },
            { role: 'cut' },
            { role: 'copy' },
            { role: 'paste' },
            { role: 'selectAll' },
          ],
        },
        {
          role: 'windowMenu',
          submenu: [{ role: 'minimize' }, { role: 'togglefullscreen' }, { role: 'close' }],
        },
      ]
    : null;

/** Before `ready`, when Electron would make its own. */
export const withoutMenu = (menu: typeof Menu): void => menu.setApplicationMenu(null);

/** After `ready`. */
export function applyMenu(menu: typeof Menu, platform: NodeJS.Platform): void {
  const template = menuTemplate(platform);
  if (template !== null) menu.setApplicationMenu(menu.buildFromTemplate(template));
}
