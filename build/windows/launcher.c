// Counterfoil.exe in the program's folder: starts the version that `current` names, or the newest whole one
// where that is not to be had. No version can be half there under its mark, so a start repairs nothing.
//   Counterfoil.exe <anything>           starts the program with it; waits for an answer to what only asks
//   Counterfoil.exe --launcher <verb> …  a step of the installer's (at the end of this file), or an uninstall
#include "launcher.h"
#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>

#define UNSENT_LIMIT_MS 60000
#define CANNOT_TELL 1
#define NO_VERSION 103
#define NO_VERB 104
#define VERIFY_PATIENCE_MS 60000
#define UNINSTALL_FAILED 2

wchar_t root[PATH_LENGTH];

// What answers and ends: a window that opens is not waited for.
static const wchar_t *const answering[] = {
    L"--unsent",  L"--verify",  L"--quit",         L"--prove",          L"--dry-run",   L"--no-window",
    L"--export=", L"--trial=",  L"--diagnostics=", L"--rehearse="};

static int asksFor(int count, wchar_t **given, const wchar_t *name) {
  size_t length = wcslen(name);
  int takesValue = name[length - 1] == L'=';
  for (int at = 1; at < count; at++)
    if (!wcsncmp(given[at], name, length) && (takesValue || given[at][length] == 0)) return 1;
  return 0;
}

static int isForAnswer(int count, wchar_t **given) {
  for (size_t at = 0; at < sizeof answering / sizeof *answering; at++)
    if (asksFor(count, given, answering[at])) return 1;
  return 0;
}

static DWORD waitFor(HANDLE process) {
  DWORD code = CANNOT_TELL;
  WaitForSingleObject(process, INFINITE);
  GetExitCodeProcess(process, &code);
  return code;
}

static int launch(int count, wchar_t **given, const wchar_t *arguments) {
  static Version versions[MAX_VERSIONS];
  HANDLE process;
  int isAsking = isForAnswer(count, given), found = listByPreference(versions);
  for (int at = 0; at < found; at++) {
    if (!isWhole(versions[at].name)) continue;
    if (asksFor(count, given, L"--unsent"))
      return (int)runForAnswer(versions[at].name, arguments, UNSENT_LIMIT_MS, CANNOT_TELL);
    if (!startProgram(versions[at].name, arguments, NULL, &process)) continue;
    return isAsking ? (int)waitFor(process) : 0;
  }
  if (!isAsking)
    MessageBox(NULL, L"Counterfoil is not whole on this computer. Install it again: entries are kept.",
               L"Counterfoil", MB_ICONSTOP);
  return NO_VERSION;
}

// A program that runs can be moved on its disk, not removed; Windows clears its folders for passing files by
// itself. The one that this user was given may lie on another disk, the one beside the root's parents does not.
static int moveToTemp(const wchar_t *path, const wchar_t *folder) {
  wchar_t gone[PATH_LENGTH];
  swprintf(gone, PATH_LENGTH, L"%ls\\counterfoil-%llu.tmp", folder, GetTickCount64());
  return MoveFileEx(path, gone, 0);
}

static void removeLauncher(void) {
  wchar_t path[PATH_LENGTH], given[PATH_LENGTH], beside[PATH_LENGTH];
  joinPath(path, root, L"uninstall.exe");
  for (int tries = 0; tries < 50 && isThere(path) && !DeleteFile(path); tries++) Sleep(100);
  GetTempPath(PATH_LENGTH, given);
  SetCurrentDirectory(given);
  joinPath(beside, root, L"..\\..\\Temp");
  joinPath(path, root, L"Counterfoil.exe");
  if (!isThere(path) || moveToTemp(path, given) || moveToTemp(path, beside)) RemoveDirectory(root);
}

// An uninstaller copies itself, and answers before the copy has done anything. Kept in its place by `_?=` it
// gives the true code.
static int uninstall(int isSilent) {
  wchar_t line[2 * PATH_LENGTH];
  STARTUPINFO startup = {.cb = sizeof startup};
  PROCESS_INFORMATION made;
  swprintf(line, 2 * PATH_LENGTH, L"\"%ls\\uninstall.exe\"%ls _?=%ls", root, isSilent ? L" /S" : L"", root);
  if (!CreateProcess(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &made)) return UNINSTALL_FAILED;
  CloseHandle(made.hThread);
  int code = (int)waitFor(made.hProcess);
  if (code == 0) removeLauncher();
  return code;
}

static int verify(const wchar_t *name) {
  wchar_t folder[PATH_LENGTH];
  joinPath(folder, root, name);
  return isAsListed(folder, L"files.new", SUMS_FLUSHED, VERIFY_PATIENCE_MS);
}

static int mark(const wchar_t *name) {
  wchar_t folder[PATH_LENGTH], from[PATH_LENGTH], to[PATH_LENGTH];
  joinPath(folder, root, name);
  joinPath(from, folder, L"files.new");
  joinPath(to, folder, L"files.txt");
  return moveOver(from, to);
}

// Another version may wait for its switch meanwhile, not another copy of this one.
static int point(const wchar_t *name) {
  wchar_t path[PATH_LENGTH], waiting[NAME_LENGTH];
  Version waits, wanted;
  if (!nameFolder(L"current", name)) return 0;
  int isNamed = nameInFile(L"staged", waiting) && readVersion(waiting, &waits) && readVersion(name, &wanted);
  joinPath(path, root, L"staged");
  if (!isNamed || !compareVersions(&waits, &wanted)) DeleteFile(path);
  return 1;
}

static int isNewerInPlace(const wchar_t *version) {
  wchar_t name[NAME_LENGTH];
  Version ours, taken;
  swprintf(name, NAME_LENGTH, L"app-%ls", version);
  return readVersion(name, &ours) && whatAStartTakes(&taken) && compareVersions(&taken, &ours) > 0;
}

// The file of this name that was written beside.
static int renew(const wchar_t *name) {
  wchar_t from[PATH_LENGTH], to[PATH_LENGTH];
  joinPath(to, root, name);
  swprintf(from, PATH_LENGTH, L"%ls.new", to);
  return moveOver(from, to);
}

static int isPointedTo(const wchar_t *name) {
  wchar_t pointed[NAME_LENGTH];
  return nameInFile(L"current", pointed) && !wcscmp(pointed, name);
}

static int stage(const wchar_t *name) { return nameFolder(L"staged", name); }

// Steps answer 0 where they were done, as programs do.
static const struct {
  const wchar_t *verb;
  int (*step)(const wchar_t *name);
} steps[] = {{L"verify", verify}, {L"mark", mark},       {L"stage", stage}, {L"point", point},
             {L"sweep", sweep},   {L"drop", dropFolder}, {L"link", makeLink}, {L"place", placeLauncher},
             {L"renew", renew},   {L"pointed", isPointedTo}};

static int runVerb(int count, wchar_t **given) {
  const wchar_t *verb = count > 2 ? given[2] : L"", *with = count > 3 ? given[3] : L"";
  for (size_t at = 0; count == 4 && at < sizeof steps / sizeof *steps; at++)
    if (!wcscmp(verb, steps[at].verb)) return !steps[at].step(with);
  if (!wcscmp(verb, L"newer") && count == 4) return isNewerInPlace(with);
  if (!wcscmp(verb, L"room") && count == 4) return roomFor(with);
  if (!wcscmp(verb, L"prove") && count == 5)
    return (int)runForAnswer(with, L"--prove", _wtoi(given[4]), CANNOT_TELL);
  if (!wcscmp(verb, L"close") && count == 4) return !closeTill(_wtoi(with));
  if (!wcscmp(verb, L"running") && count == 4) return otherTillRuns(with);
  if (!wcscmp(verb, L"flat")) return isFlat();
  if (!wcscmp(verb, L"remove")) return !removeVersions();
  if (!wcscmp(verb, L"uninstall")) return uninstall(!_wcsicmp(with, L"/S"));
  return NO_VERB;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, LPWSTR arguments, int show) {
  (void)instance, (void)before, (void)show;
  int count = 0;
  wchar_t **given = CommandLineToArgvW(GetCommandLine(), &count);
  GetModuleFileName(NULL, root, PATH_LENGTH);
  *wcsrchr(root, L'\\') = 0;
  if (count > 1 && !wcscmp(given[1], L"--launcher")) return runVerb(count, given);
  return launch(count, given, arguments);
}
