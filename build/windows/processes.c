// Programs that run from the root: asked to end, never ended by force. What is run for its answer alone may
// be ended.
#include "launcher.h"
#include <stdio.h>
#include <tlhelp32.h>

#define LINE_LENGTH 32768
#define ASK_AGAIN_MS 3000
#define LOOK_AGAIN_MS 50
// A scanner may look at a new program for a while; an older version is no better than to wait for it.
#define START_PATIENCE_MS 15000

// Gives 1 to go on to the next process.
typedef int (*Visit)(const wchar_t *path, void *with);

static int imageOf(DWORD id, wchar_t *path) {
  DWORD length = PATH_LENGTH;
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
  if (!process) return 0;
  int isRead = QueryFullProcessImageName(process, 0, path, &length);
  CloseHandle(process);
  return isRead;
}

static int cutName(wchar_t *path) {
  wchar_t *name = wcsrchr(path, L'\\');
  if (name) *name = 0;
  return name != NULL;
}

// A program's path as it begins with the root, which Windows may name by another way: where the root lies
// behind a link, or on a drive that is a name for a folder. 0 where it does not lie there.
static int nameByRoot(wchar_t *path) {
  wchar_t folder[PATH_LENGTH], inside[PATH_LENGTH];
  size_t length = wcslen(root);
  if (!_wcsnicmp(path, root, length) && path[length] == L'\\') return 1;
  wcscpy(folder, path);
  if (!cutName(folder) || _wcsicmp(path + wcslen(folder), L"\\Counterfoil.exe")) return 0;
  for (int up = 0; up < 2; up++) {
    if (isSameFolder(folder, root)) {
      wcscpy(inside, path + wcslen(folder) + 1);
      joinPath(path, root, inside);
      return 1;
    }
    if (!cutName(folder)) return 0;
  }
  return 0;
}

static void eachProgramInRoot(Visit visit, void *with) {
  wchar_t path[PATH_LENGTH];
  PROCESSENTRY32 entry = {.dwSize = sizeof entry};
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (all == INVALID_HANDLE_VALUE) return;
  for (int more = Process32First(all, &entry); more; more = Process32Next(all, &entry)) {
    if (entry.th32ProcessID == GetCurrentProcessId() || !imageOf(entry.th32ProcessID, path)) continue;
    if (nameByRoot(path) && !visit(path, with)) break;
  }
  CloseHandle(all);
}

static int liesIn(const wchar_t *name, const wchar_t *path) {
  const wchar_t *inside = path + wcslen(root) + 1;
  return !_wcsnicmp(inside, name, wcslen(name)) && inside[wcslen(name)] == L'\\';
}

static int stopAtFolder(const wchar_t *path, void *with) {
  if (!liesIn(*(const wchar_t **)with, path)) return 1;
  *(const wchar_t **)with = NULL;
  return 0;
}

int anythingRunsIn(const wchar_t *name) {
  const wchar_t *notFound = name;
  eachProgramInRoot(stopAtFolder, &notFound);
  return notFound == NULL;
}

// A till runs from a version's folder, or from the root itself where another installer has put it there.
static int isTill(const wchar_t *path) {
  const wchar_t *inside = path + wcslen(root) + 1, *file = wcschr(inside, L'\\');
  if (file) return !_wcsnicmp(inside, L"app-", 4) && !_wcsicmp(file, L"\\Counterfoil.exe");
  return !_wcsicmp(inside, L"Counterfoil.exe") && !isLauncher(path);
}

static int stopAtTill(const wchar_t *path, void *found) {
  if (!isTill(path)) return 1;
  wcscpy(found, path);
  return 0;
}

static int findTill(wchar_t *path) {
  *path = 0;
  eachProgramInRoot(stopAtTill, path);
  return *path != 0;
}

static int stopAtOther(const wchar_t *path, void *with) {
  if (!isTill(path) || liesIn(*(const wchar_t **)with, path)) return 1;
  *(const wchar_t **)with = NULL;
  return 0;
}

// Whether a till runs that is not the one of this folder.
int otherTillRuns(const wchar_t *name) {
  const wchar_t *notFound = name;
  eachProgramInRoot(stopAtOther, &notFound);
  return notFound == NULL;
}

static int start(const wchar_t *exe, const wchar_t *arguments, STARTUPINFO *startup, HANDLE job,
                 HANDLE *process) {
  static wchar_t line[LINE_LENGTH];
  wchar_t here[PATH_LENGTH] = L"";
  PROCESS_INFORMATION made;
  swprintf(line, LINE_LENGTH, L"\"%ls\"%ls%ls", exe, *arguments ? L" " : L"", arguments);
  GetCurrentDirectory(PATH_LENGTH, here);
  // Whoever stands in a version's folder keeps it from being removed.
  const wchar_t *folder = _wcsnicmp(here, root, wcslen(root)) ? NULL : root;
  DWORD flags = job ? CREATE_SUSPENDED : 0;
  ULONGLONG end = GetTickCount64() + START_PATIENCE_MS;
  while (!CreateProcess(exe, line, NULL, NULL, TRUE, flags, NULL, folder, startup, &made)) {
    if (!isHeldByOthers(GetLastError()) || GetTickCount64() > end) return 0;
    Sleep(LOOK_AGAIN_MS);
  }
  if (job) {
    AssignProcessToJobObject(job, made.hProcess);
    ResumeThread(made.hThread);
  }
  AllowSetForegroundWindow(made.dwProcessId);
  CloseHandle(made.hThread);
  *process = made.hProcess;
  return 1;
}

// The launcher's own handles and way of showing a window are the program's.
int startProgram(const wchar_t *name, const wchar_t *arguments, HANDLE job, HANDLE *process) {
  wchar_t folder[PATH_LENGTH], exe[PATH_LENGTH];
  STARTUPINFO startup;
  joinPath(folder, root, name);
  joinPath(exe, folder, L"Counterfoil.exe");
  GetStartupInfo(&startup);
  startup.lpReserved = NULL;
  startup.cbReserved2 = 0;
  startup.lpReserved2 = NULL;
  return start(exe, arguments, &startup, job, process);
}

static HANDLE jobThatEndsAll(void) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  HANDLE job = CreateJobObject(NULL, NULL);
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (job) SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

// Gives the program's exit code. At the limit it is ended with all that it started, and the answer is
// `codeAtLimit`.
DWORD runForAnswer(const wchar_t *name, const wchar_t *arguments, DWORD limitMs, DWORD codeAtLimit) {
  HANDLE process, job = jobThatEndsAll();
  DWORD code = codeAtLimit;
  if (startProgram(name, arguments, job, &process)) {
    if (WaitForSingleObject(process, limitMs) == WAIT_OBJECT_0) GetExitCodeProcess(process, &code);
    else TerminateProcess(process, codeAtLimit);
    CloseHandle(process);
  }
  TerminateJobObject(job, codeAtLimit);
  CloseHandle(job);
  return code;
}

static void askToQuit(const wchar_t *exe) {
  STARTUPINFO startup = {.cb = sizeof startup};
  HANDLE process;
  if (start(exe, L"--quit", &startup, NULL, &process)) CloseHandle(process);
}

// Asked again and again: somebody may be in the middle of something, and through with it soon.
int closeTill(DWORD limitMs) {
  wchar_t path[PATH_LENGTH];
  ULONGLONG begun = GetTickCount64(), asked = 0;
  while (findTill(path)) {
    ULONGLONG now = GetTickCount64();
    if (now - begun >= limitMs) return 0;
    if (asked == 0 || now - asked >= ASK_AGAIN_MS) {
      askToQuit(path);
      asked = now;
    }
    Sleep(LOOK_AGAIN_MS);
  }
  return 1;
}
