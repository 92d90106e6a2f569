// hold.exe <file> <ms>: holds a file without sharing it, as a scanner or a backup does, as soon as it is
// there. Writes C:\held once it does.
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

static HANDLE hold(const wchar_t *path) {
  for (;;) {
    HANDLE file = CreateFile(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    if (file != INVALID_HANDLE_VALUE) return file;
    Sleep(1);
  }
}

int wmain(int count, wchar_t **given) {
  if (count != 3) return 2;
  HANDLE file = hold(given[1]);
  CloseHandle(CreateFile(L"C:\\held", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
  Sleep((DWORD)_wtoi(given[2]));
  CloseHandle(file);
  return 0;
}
