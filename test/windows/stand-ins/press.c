// press.exe <ms>: waits for a box or a page of a set-up, notes its words in C:\pressed, and presses its first
// button as a person would. Answers 1 where none comes in time.
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

static HANDLE notes;

static void note(HWND window) {
  wchar_t words[512];
  char bytes[1536];
  DWORD written;
  if (GetWindowText(window, words, 512) == 0) return;
  int length = WideCharToMultiByte(CP_UTF8, 0, words, -1, bytes, sizeof bytes, NULL, NULL);
  bytes[length - 1] = '\n';
  WriteFile(notes, bytes, (DWORD)length, &written, NULL);
}

static BOOL CALLBACK noteChild(HWND window, LPARAM with) {
  (void)with;
  note(window);
  return TRUE;
}

static BOOL CALLBACK find(HWND window, LPARAM found) {
  wchar_t kind[64];
  GetClassName(window, kind, 64);
  HWND button = GetDlgItem(window, IDOK);
  int isAsking = !wcscmp(kind, L"#32770") && IsWindowVisible(window) && button && IsWindowEnabled(button);
  if (isAsking) *(HWND *)found = window;
  return !isAsking;
}

int wmain(int count, wchar_t **given) {
  HWND window = NULL;
  ULONGLONG end = GetTickCount64() + (count > 1 ? _wtoi(given[1]) : 0);
  while (EnumWindows(find, (LPARAM)&window) && GetTickCount64() < end) Sleep(50);
  if (!window) return 1;
  notes = CreateFile(L"C:\\pressed", FILE_APPEND_DATA, FILE_SHARE_READ, NULL, OPEN_ALWAYS, 0, NULL);
  note(window);
  EnumChildWindows(window, noteChild, 0);
  PostMessage(window, WM_COMMAND, IDOK, (LPARAM)GetDlgItem(window, IDOK));
  return 0;
}
