// Command yamux is one end of a yamux session, to test the other end with:
//
//	yamux client SOCKET    connects
//	yamux server SOCKET    listens, and takes one connection
//
// It ends when the session does. The first byte of each stream that is opened to it says what to do, and sometimes eight
// bytes follow that hold a number N, big endian:
//
//	e      send back what comes, to its end
//	h      read to the end, then send the SHA-256 of it all
//	w      as h, but wait between reads
//	s N    send N bytes, each the low byte of its place
//	c      close the stream without a word
//	o N    open N streams, send 100,000 bytes on each, and expect them back; then send "ok", or what went wrong
//	p      ping, and send "ok"
//	x      exit at once
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"os"
	"time"

	"github.com/hashicorp/yamux"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: yamux client|server SOCKET")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(role, socket string) error {
	session, err := connect(role, socket)
	if err != nil {
		return err
	}
	defer session.Close()
	for {
		stream, err := session.AcceptStream()
		if err != nil {
			fmt.Println("ended")
			return nil
		}
		go func() {
			if err := serve(session, stream); err != nil {
				fmt.Fprintln(os.Stderr, "stream", stream.StreamID(), err)
			}
		}()
	}
}

func connect(role, socket string) (*yamux.Session, error) {
	if role == "client" {
		conn, err := net.Dial("unix", socket)
		if err != nil {
			return nil, err
		}
		return yamux.Client(conn, nil)
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	fmt.Println("listening")
	conn, err := listener.Accept()
	if err != nil {
		return nil, err
	}
	return yamux.Server(conn, nil)
}

func serve(session *yamux.Session, stream *yamux.Stream) error {
	defer stream.Close()
	var command [1]byte
	if _, err := io.ReadFull(stream, command[:]); err != nil {
		return err
	}
	switch command[0] {
	case 'e':
		_, err := io.Copy(stream, stream)
		return err
	case 'h', 'w':
		return hash(stream, command[0] == 'w')
	case 's':
		number, err := readNumber(stream)
		if err != nil {
			return err
		}
		return send(stream, number)
	case 'c':
		return nil
	case 'o':
		number, err := readNumber(stream)
		if err != nil {
			return err
		}
		return say(stream, open(session, number))
	case 'p':
		_, err := session.Ping()
		return say(stream, err)
	case 'x':
		os.Exit(0)
	}
	return fmt.Errorf("there is no command %q", command[0])
}

func readNumber(stream io.Reader) (uint64, error) {
	var number uint64
	err := binary.Read(stream, binary.BigEndian, &number)
	return number, err
}

func say(stream io.Writer, outcome error) error {
	text := "ok"
	if outcome != nil {
		text = outcome.Error()
	}
	_, err := io.WriteString(stream, text)
	return err
}

func hash(stream io.ReadWriter, slowly bool) error {
	sum := sha256.New()
	buffer := make([]byte, 64*1024)
	for {
		count, err := stream.Read(buffer)
		sum.Write(buffer[:count])
		if err == io.EOF {
			_, err := stream.Write(sum.Sum(nil))
			return err
		}
		if err != nil {
			return err
		}
		if slowly {
			time.Sleep(time.Millisecond)
		}
	}
}

func send(stream io.Writer, number uint64) error {
	pattern := make([]byte, 64*1024)
	for place := range pattern {
		pattern[place] = byte(place)
	}
	for number > 0 {
		count := min(number, uint64(len(pattern)))
		if _, err := stream.Write(pattern[:count]); err != nil {
			return err
		}
		number -= count
	}
	return nil
}

func open(session *yamux.Session, number uint64) error {
	outcomes := make(chan error)
	for range number {
		go func() { outcomes <- echoed(session) }()
	}
	var failure error
	for range number {
		if err := <-outcomes; err != nil {
			failure = err
		}
	}
	return failure
}

func echoed(session *yamux.Session) error {
	stream, err := session.OpenStream()
	if err != nil {
		return err
	}
	defer stream.Close()
	sent := make([]byte, 100_000)
	for place := range sent {
		sent[place] = byte(place * 7)
	}
	failed := make(chan error, 1)
	go func() {
		_, err := stream.Write(sent)
		failed <- err
	}()
	back := make([]byte, len(sent))
	if _, err := io.ReadFull(stream, back); err != nil {
		return err
	}
	if err := <-failed; err != nil {
		return err
	}
	if !bytes.Equal(sent, back) {
		return fmt.Errorf("stream %d came back changed", stream.StreamID())
	}
	return nil
}
