// A link to the launcher, with the id that the till's windows have: what is pinned is the launcher then.
#define COBJMACROS
#define INITGUID
#include "launcher.h"
#include <propkey.h>
#include <propsys.h>
#include <shobjidl.h>

static void giveId(IShellLinkW *link) {
  IPropertyStore *store;
  PROPVARIANT id = {.vt = VT_LPWSTR, .pwszVal = L"app.counterfoil.till"};
  if (IShellLinkW_QueryInterface(link, &IID_IPropertyStore, (void **)&store) != S_OK) return;
  if (IPropertyStore_SetValue(store, &PKEY_AppUserModel_ID, &id) == S_OK) IPropertyStore_Commit(store);
  IPropertyStore_Release(store);
}

static int saveLink(IShellLinkW *link, const wchar_t *path) {
  IPersistFile *file;
  if (IShellLinkW_QueryInterface(link, &IID_IPersistFile, (void **)&file) != S_OK) return 0;
  int isSaved = IPersistFile_Save(file, path, TRUE) == S_OK;
  IPersistFile_Release(file);
  return isSaved;
}

int makeLink(const wchar_t *path) {
  wchar_t launcher[PATH_LENGTH];
  IShellLinkW *link;
  joinPath(launcher, root, L"Counterfoil.exe");
  if (FAILED(CoInitialize(NULL))) return 0;
  HRESULT made =
      CoCreateInstance(&CLSID_ShellLink, NULL, CLSCTX_INPROC_SERVER, &IID_IShellLinkW, (void **)&link);
  if (FAILED(made)) return 0;
  IShellLinkW_SetPath(link, launcher);
  IShellLinkW_SetWorkingDirectory(link, root);
  IShellLinkW_SetIconLocation(link, launcher, 0);
  giveId(link);
  int isSaved = saveLink(link, path);
  IShellLinkW_Release(link);
  CoUninitialize();
  return isSaved;
}
