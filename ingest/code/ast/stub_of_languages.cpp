// Sources: ISO C, ISO C++ and POSIX; the names and the order of the parameters are all that is taken from there.
#include "ingest/code/ast/stub_of_languages.h"

#include <array>

namespace mainstay::code::ast {
namespace {

constexpr std::string_view kText = R"stub(#ifndef MAINSTAY_LANGUAGES
#define MAINSTAY_LANGUAGES
#ifdef __cplusplus
extern "C" {
#define NULL 0
#else
#define NULL ((void *)0)
#define bool _Bool
#define true 1
#define false 0
typedef __WCHAR_TYPE__ wchar_t;
#endif
typedef __SIZE_TYPE__ size_t;
typedef long ssize_t;
typedef long off_t;
typedef long time_t;
typedef long suseconds_t;
typedef unsigned socklen_t;
typedef unsigned short in_port_t;
typedef unsigned short sa_family_t;
typedef int pid_t;
typedef unsigned uid_t;
typedef unsigned gid_t;
typedef unsigned mode_t;
typedef __INT8_TYPE__ int8_t;
typedef __INT16_TYPE__ int16_t;
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT8_TYPE__ uint8_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __INT64_TYPE__ intmax_t;
typedef __UINT64_TYPE__ uintmax_t;
typedef struct _mainstay_file FILE;
typedef __builtin_va_list va_list;
extern FILE *stdin, *stdout, *stderr;
struct timeval { time_t tv_sec; suseconds_t tv_usec; };
struct timespec { time_t tv_sec; long tv_nsec; };
struct in_addr { uint32_t s_addr; };
struct in6_addr { uint8_t s6_addr[16]; };
struct sockaddr { sa_family_t sa_family; char sa_data[14]; };
struct sockaddr_in { sa_family_t sin_family; in_port_t sin_port; struct in_addr sin_addr; };
struct sockaddr_in6 { sa_family_t sin6_family; in_port_t sin6_port; struct in6_addr sin6_addr; uint32_t sin6_scope_id; };
struct sockaddr_storage { sa_family_t ss_family; char padding[126]; };
struct addrinfo {
  int ai_flags, ai_family, ai_socktype, ai_protocol;
  socklen_t ai_addrlen;
  struct sockaddr *ai_addr;
  char *ai_canonname;
  struct addrinfo *ai_next;
};
struct hostent { char *h_name; char **h_aliases; int h_addrtype, h_length; char **h_addr_list; };
struct gaicb { const char *ar_name, *ar_service; const struct addrinfo *ar_request; struct addrinfo *ar_result; };
enum { AF_UNSPEC, AF_UNIX, AF_INET = 2, AF_INET6 = 10, PF_UNSPEC = 0, PF_INET = 2, PF_INET6 = 10 };
enum { SOCK_STREAM = 1, SOCK_DGRAM, IPPROTO_TCP = 6, IPPROTO_UDP = 17 };
enum { AI_PASSIVE = 1, AI_CANONNAME = 2, AI_NUMERICHOST = 4, AI_V4MAPPED = 8, AI_ALL = 16, AI_ADDRCONFIG = 32, AI_NUMERICSERV = 1024 };
enum { ns_c_in = 1, C_IN = 1, ns_t_a = 1, T_A = 1, ns_t_ptr = 12, T_PTR = 12, ns_t_txt = 16, T_TXT = 16, ns_t_aaaa = 28, T_AAAA = 28, ns_t_srv = 33, T_SRV = 33 };
typedef struct __res_state { int options; } *res_state;
typedef struct __ns_msg { int counts; } ns_msg;
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result);
void freeaddrinfo(struct addrinfo *result);
int getaddrinfo_a(int mode, struct gaicb *list[], int count, void *event);
struct hostent *gethostbyname(const char *name);
struct hostent *gethostbyname2(const char *name, int family);
int gethostbyname_r(const char *name, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *error);
int gethostbyname2_r(const char *name, int family, struct hostent *entry, char *buffer, size_t size, struct hostent **result, int *error);
int res_init(void);
int res_query(const char *name, int class_, int type, unsigned char *answer, int size);
int res_search(const char *name, int class_, int type, unsigned char *answer, int size);
int res_nquery(res_state state, const char *name, int class_, int type, unsigned char *answer, int size);
int res_nsearch(res_state state, const char *name, int class_, int type, unsigned char *answer, int size);
int res_querydomain(const char *name, const char *domain, int class_, int type, unsigned char *answer, int size);
int ns_initparse(const unsigned char *message, int size, ns_msg *handle);
char *getenv(const char *name);
char *secure_getenv(const char *name);
char *strdup(const char *text);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t size);
size_t strlcpy(char *to, const char *from, size_t size);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t size);
size_t strlcat(char *to, const char *from, size_t size);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t size);
int strcasecmp(const char *a, const char *b);
char *strchr(const char *text, int c);
char *strstr(const char *text, const char *part);
void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
int printf(const char *format, ...);
int fprintf(FILE *file, const char *format, ...);
int sprintf(char *to, const char *format, ...);
int snprintf(char *to, size_t size, const char *format, ...);
int asprintf(char **to, const char *format, ...);
int puts(const char *text);
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *old, size_t size);
void free(void *old);
void exit(int status);
int atoi(const char *text);
long strtol(const char *text, char **end, int base);
time_t time(time_t *now);
unsigned sleep(unsigned seconds);
int close(int descriptor);
int connect(int descriptor, const struct sockaddr *address, socklen_t size);
int socket(int family, int type, int protocol);
extern int errno;
#ifdef __cplusplus
}
namespace std {
using ::size_t; using ::ptrdiff_t; using ::getenv; using ::printf; using ::snprintf; using ::strlen; using ::malloc; using ::free; using ::exit;
using ::uint8_t; using ::uint16_t; using ::uint32_t; using ::uint64_t; using ::int32_t; using ::int64_t; using ::memcpy; using ::memset;
typedef decltype(nullptr) nullptr_t;
template <class T> struct initializer_list { const T *begin() const; const T *end() const; size_t size() const; };
template <class T> struct remove_reference { typedef T type; };
template <class T> struct remove_reference<T &> { typedef T type; };
template <class T> struct remove_reference<T &&> { typedef T type; };
template <class T> typename remove_reference<T>::type &&move(T &&value);
template <class T> T &&forward(typename remove_reference<T>::type &value);
template <class T> struct hash;
class string_view {
 public:
  static const size_t npos = -1;
  constexpr string_view() {}
  constexpr string_view(const char *text) {}
  constexpr string_view(const char *text, size_t size) {}
  const char *data() const; size_t size() const; bool empty() const; char operator[](size_t at) const;
  string_view substr(size_t begin, size_t size = npos) const; size_t find(string_view part, size_t at = 0) const;
  const char *begin() const; const char *end() const;
};
class string {
 public:
  static const size_t npos = -1;
  string(); string(const char *text); string(const char *text, size_t size); string(size_t count, char c); string(const string &other);
  explicit string(string_view text); string(initializer_list<char> list);
  string &operator=(const string &other); string &operator=(const char *text);
  string &operator+=(const string &more); string &operator+=(const char *more); string &operator+=(char more);
  string &append(const string &more); string &append(const char *more); string &assign(const string &other); void push_back(char c);
  const char *c_str() const; const char *data() const; char *data(); size_t size() const; size_t length() const; bool empty() const; void clear();
  void resize(size_t size); void reserve(size_t size); char &operator[](size_t at); char &at(size_t at); char &back(); char &front();
  string substr(size_t begin, size_t size = npos) const; size_t find(const string &part, size_t at = 0) const; size_t find(char c, size_t at = 0) const;
  size_t rfind(const string &part, size_t at = npos) const; int compare(const string &other) const; char *begin(); char *end();
  string &erase(size_t begin = 0, size_t size = npos); string &replace(size_t begin, size_t size, const string &by); string &insert(size_t at, const string &more);
  operator string_view() const;
};
typedef string wstring;
string operator+(const string &a, const string &b); string operator+(const char *a, const string &b); string operator+(const string &a, const char *b);
string operator+(const string &a, char b); string operator+(char a, const string &b);
bool operator==(const string &a, const string &b); bool operator==(const string &a, const char *b); bool operator!=(const string &a, const string &b);
bool operator!=(const string &a, const char *b); bool operator<(const string &a, const string &b);
bool operator==(string_view a, string_view b); bool operator!=(string_view a, string_view b);
string to_string(int value); string to_string(long value); string to_string(unsigned value); string to_string(unsigned long value); string to_string(double value);
int stoi(const string &text); long stol(const string &text);
namespace literals { namespace string_literals { string operator""s(const char *text, size_t size); }
namespace string_view_literals { string_view operator""sv(const char *text, size_t size); } }
inline namespace literals_here { using namespace literals::string_literals; using namespace literals::string_view_literals; }
namespace string_literals { using literals::string_literals::operator""s; }
namespace string_view_literals { using literals::string_view_literals::operator""sv; }
namespace filesystem { class path { public: path(); path(const char *text); path(const string &text); string string() const; const char *c_str() const; }; }
template <class A, class B> struct pair { A first; B second; pair(); pair(const A &a, const B &b); };
template <class A, class B> pair<A, B> make_pair(A a, B b);
template <class... T> class tuple { public: tuple(); tuple(T... values); };
template <class T> class optional { public: optional(); optional(nullptr_t); template <class U> optional(U &&value); T &operator*(); T *operator->(); T &value(); T value_or(T other) const; explicit operator bool() const; bool has_value() const; };
template <class T> class unique_ptr { public: unique_ptr(); unique_ptr(nullptr_t); explicit unique_ptr(T *p); unique_ptr(unique_ptr &&o); T &operator*() const; T *operator->() const; T *get() const; T *release(); void reset(T *p = nullptr); explicit operator bool() const; };
template <class T> class shared_ptr { public: shared_ptr(); shared_ptr(nullptr_t); explicit shared_ptr(T *p); template <class U> shared_ptr(const shared_ptr<U> &o); T &operator*() const; T *operator->() const; T *get() const; void reset(); explicit operator bool() const; };
template <class T, class... A> unique_ptr<T> make_unique(A &&...arguments);
template <class T, class... A> shared_ptr<T> make_shared(A &&...arguments);
template <class T> class function; template <class R, class... A> class function<R(A...)> { public: function(); function(nullptr_t); template <class F> function(F f); R operator()(A...) const; };
template <class T> class vector { public: vector(); vector(initializer_list<T> list); explicit vector(size_t size); T &operator[](size_t at); const T &operator[](size_t at) const; T &at(size_t at); T &front(); T &back(); T *data(); T *begin(); T *end(); const T *begin() const; const T *end() const; size_t size() const; bool empty() const; void push_back(const T &v); template <class... A> T &emplace_back(A &&...a); void clear(); void reserve(size_t s); void resize(size_t s); };
template <class T, size_t N> struct array { T values[N]; T &operator[](size_t at); const T *begin() const; const T *end() const; size_t size() const; T *data(); };
template <class K, class V> class map { public: map(); map(initializer_list<pair<const K, V>> list); V &operator[](const K &key); V &at(const K &key); const V &at(const K &key) const; pair<const K, V> *find(const K &key); pair<const K, V> *begin(); pair<const K, V> *end(); size_t count(const K &key) const; size_t size() const; bool empty() const; };
template <class K, class V> class unordered_map : public map<K, V> { public: using map<K, V>::map; };
template <class T> class set { public: set(); set(initializer_list<T> list); T *begin(); T *end(); size_t count(const T &v) const; };
class exception { public: virtual const char *what() const; };
class runtime_error : public exception { public: runtime_error(const string &what); runtime_error(const char *what); };
class logic_error : public runtime_error { public: using runtime_error::runtime_error; };
class invalid_argument : public logic_error { public: using logic_error::logic_error; };
struct ostream { template <class T> ostream &operator<<(const T &value); ostream &operator<<(ostream &(*f)(ostream &)); };
struct istream { template <class T> istream &operator>>(T &value); };
extern ostream cout, cerr, clog; extern istream cin; ostream &endl(ostream &out);
struct ostringstream : ostream { string str() const; }; struct stringstream : ostringstream { template <class T> stringstream &operator>>(T &value); };
class mutex { public: void lock(); void unlock(); }; template <class T> class lock_guard { public: explicit lock_guard(T &m); };
class thread { public: template <class... A> explicit thread(A &&...a); void join(); void detach(); };
template <class T> class atomic { public: atomic(); atomic(T v); operator T() const; };
template <class... A> string format(string_view shape, const A &...arguments);
namespace chrono { struct milliseconds { explicit milliseconds(long n); }; struct seconds { explicit seconds(long n); operator milliseconds() const; }; struct minutes { explicit minutes(long n); }; }
}
#endif
#endif
)stub";

constexpr auto kNames = std::to_array<std::string_view>({"assert.h",
                                                         "complex.h",
                                                         "ctype.h",
                                                         "errno.h",
                                                         "fenv.h",
                                                         "float.h",
                                                         "inttypes.h",
                                                         "iso646.h",
                                                         "limits.h",
                                                         "locale.h",
                                                         "math.h",
                                                         "setjmp.h",
                                                         "signal.h",
                                                         "stdalign.h",
                                                         "stdarg.h",
                                                         "stdatomic.h",
                                                         "stdbool.h",
                                                         "stddef.h",
                                                         "stdint.h",
                                                         "stdio.h",
                                                         "stdlib.h",
                                                         "stdnoreturn.h",
                                                         "string.h",
                                                         "strings.h",
                                                         "tgmath.h",
                                                         "threads.h",
                                                         "time.h",
                                                         "uchar.h",
                                                         "wchar.h",
                                                         "wctype.h",
                                                         "arpa/inet.h",
                                                         "arpa/nameser.h",
                                                         "arpa/nameser_compat.h",
                                                         "dirent.h",
                                                         "dlfcn.h",
                                                         "err.h",
                                                         "fcntl.h",
                                                         "fnmatch.h",
                                                         "getopt.h",
                                                         "glob.h",
                                                         "grp.h",
                                                         "ifaddrs.h",
                                                         "libgen.h",
                                                         "malloc.h",
                                                         "memory.h",
                                                         "net/if.h",
                                                         "netdb.h",
                                                         "netinet/in.h",
                                                         "netinet/ip.h",
                                                         "netinet/tcp.h",
                                                         "poll.h",
                                                         "pthread.h",
                                                         "pwd.h",
                                                         "regex.h",
                                                         "resolv.h",
                                                         "sched.h",
                                                         "semaphore.h",
                                                         "spawn.h",
                                                         "sys/epoll.h",
                                                         "sys/file.h",
                                                         "sys/ioctl.h",
                                                         "sys/mman.h",
                                                         "sys/param.h",
                                                         "sys/random.h",
                                                         "sys/resource.h",
                                                         "sys/select.h",
                                                         "sys/socket.h",
                                                         "sys/stat.h",
                                                         "sys/statvfs.h",
                                                         "sys/time.h",
                                                         "sys/types.h",
                                                         "sys/uio.h",
                                                         "sys/un.h",
                                                         "sys/utsname.h",
                                                         "sys/wait.h",
                                                         "syslog.h",
                                                         "termios.h",
                                                         "unistd.h",
                                                         "utime.h",
                                                         "algorithm",
                                                         "any",
                                                         "array",
                                                         "atomic",
                                                         "bit",
                                                         "bitset",
                                                         "cassert",
                                                         "cctype",
                                                         "cerrno",
                                                         "cfloat",
                                                         "charconv",
                                                         "chrono",
                                                         "cinttypes",
                                                         "climits",
                                                         "clocale",
                                                         "cmath",
                                                         "compare",
                                                         "concepts",
                                                         "condition_variable",
                                                         "coroutine",
                                                         "csetjmp",
                                                         "csignal",
                                                         "cstdarg",
                                                         "cstddef",
                                                         "cstdint",
                                                         "cstdio",
                                                         "cstdlib",
                                                         "cstring",
                                                         "ctime",
                                                         "cwchar",
                                                         "deque",
                                                         "exception",
                                                         "filesystem",
                                                         "format",
                                                         "forward_list",
                                                         "fstream",
                                                         "functional",
                                                         "future",
                                                         "initializer_list",
                                                         "iomanip",
                                                         "ios",
                                                         "iosfwd",
                                                         "iostream",
                                                         "istream",
                                                         "iterator",
                                                         "limits",
                                                         "list",
                                                         "locale",
                                                         "map",
                                                         "memory",
                                                         "memory_resource",
                                                         "mutex",
                                                         "new",
                                                         "numbers",
                                                         "numeric",
                                                         "optional",
                                                         "ostream",
                                                         "queue",
                                                         "random",
                                                         "ranges",
                                                         "ratio",
                                                         "regex",
                                                         "scoped_allocator",
                                                         "set",
                                                         "shared_mutex",
                                                         "source_location",
                                                         "span",
                                                         "sstream",
                                                         "stack",
                                                         "stdexcept",
                                                         "streambuf",
                                                         "string",
                                                         "string_view",
                                                         "system_error",
                                                         "thread",
                                                         "tuple",
                                                         "type_traits",
                                                         "typeindex",
                                                         "typeinfo",
                                                         "unordered_map",
                                                         "unordered_set",
                                                         "utility",
                                                         "valarray",
                                                         "variant",
                                                         "vector",
                                                         "version"});

}  // namespace

std::span<const std::string_view> headers_of_languages() { return kNames; }

std::string_view stub_of_languages() { return kText; }

}  // namespace mainstay::code::ast
