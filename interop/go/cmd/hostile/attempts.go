package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Whatever would succeed on an open machine stays within these, so that a test that finds a hole does no harm.
const (
	mostProcesses = 2_000
	mostMemory    = 2 << 30
	mostFiles     = 20_000
)

// attempts say "ok" if they got what they wanted, and why not otherwise.
var attempts = map[string]func(params) string{
	"read": func(p params) string {
		_, err := os.ReadFile(p.Path)
		return outcome(err)
	},
	"list": func(p params) string {
		_, err := os.ReadDir(p.Path)
		return outcome(err)
	},
	"write": func(p params) string { return outcome(os.WriteFile(p.Path, []byte("mine"), 0o644)) },
	"link-out": func(p params) string {
		link := filepath.Join(os.Getenv("MORTISE_DATA_DIR"), "link")
		if err := os.Symlink(p.Path, link); err != nil {
			return err.Error()
		}
		_, err := os.ReadFile(link)
		return outcome(err)
	},
	"write-package": func(params) string {
		return outcome(os.WriteFile(filepath.Join(os.Getenv("MORTISE_PACKAGE_DIR"), "more"), []byte("x"), 0o755))
	},
	"write-itself": func(params) string {
		file, err := os.OpenFile(os.Args[0], os.O_WRONLY|os.O_APPEND, 0)
		if err == nil {
			_, err = file.Write([]byte("x"))
		}
		return outcome(err)
	},
	"run-own": func(params) string {
		program := filepath.Join(os.Getenv("MORTISE_DATA_DIR"), "program")
		own, err := os.ReadFile("/proc/self/exe")
		if err != nil {
			return err.Error()
		}
		if err := os.WriteFile(program, own, 0o755); err != nil {
			return err.Error()
		}
		_, err = syscall.ForkExec(program, []string{"exits"}, &syscall.ProcAttr{})
		return outcome(err)
	},
	"listen": func(params) string {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			listener.Close()
		}
		return outcome(err)
	},
	"connect": func(p params) string {
		conn, err := net.DialTimeout("tcp", p.Path, 2*time.Second)
		if err == nil {
			conn.Close()
		}
		return outcome(err)
	},
	"udp": func(p params) string {
		conn, err := net.Dial("udp", p.Path)
		if err == nil {
			_, err = conn.Write([]byte("x"))
			conn.Close()
		}
		return outcome(err)
	},
	"raw": func(params) string {
		descriptor, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_RAW, syscall.IPPROTO_ICMP)
		if err == nil {
			syscall.Close(descriptor)
		}
		return outcome(err)
	},
	"packet": func(params) string {
		descriptor, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_RAW, 0)
		if err == nil {
			syscall.Close(descriptor)
		}
		return outcome(err)
	},
	"unix": func(p params) string {
		conn, err := net.DialTimeout("unix", p.Path, 2*time.Second)
		if err == nil {
			conn.Close()
		}
		return outcome(err)
	},
	"ptrace": func(p params) string { return outcome(syscall.PtraceAttach(p.Pid)) },
	"memory-of": func(p params) string {
		_, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", p.Pid))
		return outcome(err)
	},
	"kill":    func(p params) string { return outcome(syscall.Kill(p.Pid, syscall.SIGKILL)) },
	"setuid":  func(params) string { return outcome(syscall.Setuid(0)) },
	"unshare": func(params) string { return outcome(syscall.Unshare(syscall.CLONE_NEWUSER)) },
	"mount": func(params) string {
		return outcome(syscall.Mount("none", os.Getenv("MORTISE_DATA_DIR"), "tmpfs", 0, ""))
	},
	"chroot":          func(params) string { return outcome(syscall.Chroot(os.Getenv("MORTISE_DATA_DIR"))) },
	"hostname":        func(params) string { return outcome(syscall.Sethostname([]byte("taken"))) },
	"fork-bomb":       forkBomb,
	"eat-memory":      eatMemory,
	"eat-descriptors": eatDescriptors,
	"flood-stdout":    func(params) string { return flood(realOutput, []byte(strings.Repeat("x", 99)+"\n"), 64<<20) },
	"flood-stderr":    func(params) string { return flood(realError, []byte(strings.Repeat("x", 99)+"\n"), 64<<20) },
	"huge-line":       func(params) string { return flood(realError, bytes.Repeat([]byte("y"), 1<<20), 64<<20) },
	"slam": func(params) string {
		for descriptor := 3; descriptor < 200; descriptor++ {
			_ = syscall.Shutdown(descriptor, syscall.SHUT_RDWR)
		}
		return "nobody reads this"
	},
	"spin": func(params) string {
		for {
		}
	},
	"huge-answer": func(params) string { return strings.Repeat("z", 256<<20) },
	"panic":       func(params) string { panic("as it was asked to") },
}

func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	return err.Error()
}

func forkBomb(params) string {
	for count := 0; count < mostProcesses; count++ {
		if _, err := copyOfItself("sleeper"); err != nil {
			return fmt.Sprintf("after %d: %v", count, err)
		}
	}
	return "ok"
}

// copyOfItself runs in a session of its own.
func copyOfItself(name string) (int, error) {
	return syscall.ForkExec(os.Args[0], []string{name}, &syscall.ProcAttr{
		Env: os.Environ(), Sys: &syscall.SysProcAttr{Setsid: true},
	})
}

// leaveDaemon does what daemons do: nothing leads from here to the copy, whose parent has ended.
func leaveDaemon() {
	pid, err := copyOfItself("forker")
	if err == nil {
		_, err = syscall.Wait4(pid, nil, 0, nil)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func eatMemory(params) string {
	var eaten [][]byte
	for size := 0; size < mostMemory; size += 1 << 20 {
		block := make([]byte, 1<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		eaten = append(eaten, block)
	}
	return fmt.Sprintf("ok %d", len(eaten))
}

func eatDescriptors(params) string {
	var opened []*os.File
	defer func() {
		for _, file := range opened {
			file.Close()
		}
	}()
	for count := 0; count < mostFiles; count++ {
		file, err := os.Open("/dev/null")
		if err != nil {
			return fmt.Sprintf("after %d: %v", count, err)
		}
		opened = append(opened, file)
	}
	return "ok"
}

func flood(descriptor int, piece []byte, total int) string {
	for written := 0; written < total; written += len(piece) {
		if _, err := syscall.Write(descriptor, piece); err != nil {
			return err.Error()
		}
	}
	return "ok"
}
