// Stands for Counterfoil.exe: holds its archive open, shows a window, and answers --unsent, --prove and
// --quit as the files in C:\control say. Every start is noted in C:\till.log, with the version.
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#define ENDING L"Local\\counterfoil-stand-in-ending"

static int isSet(const wchar_t *name) {
  wchar_t path[MAX_PATH];
  swprintf(path, MAX_PATH, L"C:\\control\\%ls", name);
  return GetFileAttributes(path) != INVALID_FILE_ATTRIBUTES;
}

static void note(const char *what) {
  char line[128];
  DWORD written;
  DWORD sharing = FILE_SHARE_READ | FILE_SHARE_WRITE;
  HANDLE log = CreateFile(L"C:\\till.log", FILE_APPEND_DATA, sharing, NULL, OPEN_ALWAYS, 0, NULL);
  int length = snprintf(line, sizeof line, "%s %s %llu\n", what, VERSION, GetTickCount64());
  WriteFile(log, line, (DWORD)length, &written, NULL);
  CloseHandle(log);
}

static int prove(void) {
  note("prove");
  if (isSet(L"prove-hangs")) Sleep(INFINITE);
  return isSet(L"prove-refuses");
}

// Told to the one that runs; one that is in the middle of something does not end.
static int quit(void) {
  note("quit");
  HANDLE ending = OpenEvent(EVENT_MODIFY_STATE, FALSE, ENDING);
  if (ending && !isSet(L"busy")) SetEvent(ending);
  return 0;
}

static HANDLE holdArchive(void) {
  wchar_t path[MAX_PATH];
  GetModuleFileName(NULL, path, MAX_PATH);
  wcscpy(wcsrchr(path, L'\\'), L"\\resources\\app.asar");
  return CreateFile(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
}

static void run(HANDLE ending) {
  MSG message;
  DWORD style = WS_OVERLAPPEDWINDOW | WS_VISIBLE;
  CreateWindow(L"STATIC", L"Counterfoil", style, 80, 80, 600, 300, NULL, NULL, NULL, NULL);
  while (MsgWaitForMultipleObjects(1, &ending, FALSE, INFINITE, QS_ALLINPUT) != WAIT_OBJECT_0)
    while (PeekMessage(&message, NULL, 0, 0, PM_REMOVE)) DispatchMessage(&message);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR arguments, int show) {
  (void)instance, (void)before, (void)show;
  if (wcsstr(arguments, L"--unsent")) return isSet(L"unsent") ? 3 : 0;
  if (wcsstr(arguments, L"--prove")) return prove();
  if (wcsstr(arguments, L"--quit")) return quit();
  HANDLE ending = CreateEvent(NULL, TRUE, FALSE, ENDING);
  if (GetLastError() == ERROR_ALREADY_EXISTS) {
    note("second");
    return 0;
  }
  if (holdArchive() == INVALID_HANDLE_VALUE) {
    note("broken");
    return 9;
  }
  note("start");
  run(ending);
  note("end");
  return 0;
}
