// Command host is a go-plugin host. It launches a plugin, uses it, shuts it down, and prints what it saw as JSON.
//
//	host [-mtls] [-sha256 HEX] [-multiplex] PLUGIN [ARGUMENT...]
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
	"dev.mortise/interop/peer"
)

type report struct {
	Protocol     string  `json:"protocol"`
	Version      int     `json:"version"`
	Value        string  `json:"value"`
	Sums         []int64 `json:"sums"`
	Dialled      int64   `json:"dialled"`
	Pinged       bool    `json:"pinged"`
	Stdout       string  `json:"stdout"`
	Stderr       string  `json:"stderr"`
	Log          string  `json:"log"`
	StartMillis  int64   `json:"start_ms"`
	CallMicros   []int64 `json:"call_us"`
	KillMillis   int64   `json:"kill_ms"`
	ExitedItself bool    `json:"exited_itself"`
}

// A buffer that several goroutines write to.
type buffer struct {
	mutex sync.Mutex
	bytes bytes.Buffer
}

func (b *buffer) Write(data []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.bytes.Write(data)
}

func (b *buffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.bytes.String()
}

// What the host sees of the plugin.
type dispensed struct {
	kv        pb.KvClient
	counter   pb.CounterClient
	behaviour pb.BehaviourClient
	broker    *goplugin.GRPCBroker
}

func main() {
	mtls := flag.Bool("mtls", false, "let both ends prove who they are")
	multiplex := flag.Bool("multiplex", false, "let broker connections share the socket")
	sum := flag.String("sha256", "", "of the plugin's file")
	flag.Parse()
	if err := run(*mtls, *multiplex, *sum, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(mtls, multiplex bool, sum string, command []string) error {
	var stdout, stderr, log buffer
	config := &goplugin.ClientConfig{
		HandshakeConfig:     peer.Handshake,
		Cmd:                 exec.Command(command[0], command[1:]...),
		AllowedProtocols:    []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:            mtls,
		GRPCBrokerMultiplex: multiplex,
		SyncStdout:          &stdout,
		SyncStderr:          &stderr,
		StartTimeout:        time.Minute,
		Logger:              hclog.New(&hclog.LoggerOptions{Level: hclog.Debug, Output: &log}),
		Plugins: goplugin.PluginSet{"interop": &peer.Plugin{
			Dispense: func(broker *goplugin.GRPCBroker, conn *grpc.ClientConn) any {
				return dispensed{pb.NewKvClient(conn), pb.NewCounterClient(conn), pb.NewBehaviourClient(conn), broker}
			},
		}},
	}
	if sum != "" {
		expected, err := hex.DecodeString(sum)
		if err != nil {
			return err
		}
		config.SecureConfig = &goplugin.SecureConfig{Checksum: expected, Hash: sha256.New()}
	}
	client := goplugin.NewClient(config)
	defer client.Kill()
	var seen report
	began := time.Now()
	protocol, err := client.Client()
	if err != nil {
		return err
	}
	seen.Protocol, seen.Version = string(client.Protocol()), client.NegotiatedVersion()
	raw, err := protocol.Dispense("interop")
	if err != nil {
		return err
	}
	plugin := raw.(dispensed)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := plugin.kv.Put(ctx, &pb.PutRequest{Key: "k", Value: "from Go"}); err != nil {
		return err
	}
	seen.StartMillis = time.Since(began).Milliseconds()
	value, err := plugin.kv.Get(ctx, &pb.GetRequest{Key: "k"})
	if err != nil {
		return err
	}
	seen.Value = value.Value
	for range 2 {
		id := peer.ServeAdder(plugin.broker)
		sum, err := plugin.counter.Add(ctx, &pb.AddRequest{Key: "c", Delta: 21, AdderService: id})
		if err != nil {
			return err
		}
		seen.Sums = append(seen.Sums, sum.Value)
	}
	if seen.Dialled, err = dial(ctx, plugin); err != nil {
		return err
	}
	for _, toStderr := range []bool{false, true} {
		if _, err := plugin.behaviour.Print(ctx, &pb.PrintRequest{ToStderr: toStderr, Data: []byte("a\nb")}); err != nil {
			return err
		}
	}
	if _, err := plugin.behaviour.Log(ctx, &pb.LogRequest{Level: "warn", Message: "logged by the plugin"}); err != nil {
		return err
	}
	for range 200 {
		start := time.Now()
		if _, err := plugin.kv.Get(ctx, &pb.GetRequest{Key: "k"}); err != nil {
			return err
		}
		seen.CallMicros = append(seen.CallMicros, time.Since(start).Microseconds())
	}
	seen.Pinged = protocol.Ping() == nil
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if stdout.String() == "a\nb" && stderr.String() == "a\nb" {
			break
		}
	}
	began = time.Now()
	client.Kill()
	seen.KillMillis = time.Since(began).Milliseconds()
	seen.ExitedItself = client.Exited() && !bytes.Contains([]byte(log.String()), []byte("plugin failed to exit gracefully"))
	seen.Stdout, seen.Stderr, seen.Log = stdout.String(), stderr.String(), log.String()
	return json.NewEncoder(os.Stdout).Encode(seen)
}

// dial calls an Adder that the plugin serves behind its broker.
func dial(ctx context.Context, plugin dispensed) (int64, error) {
	served, err := plugin.kv.Get(ctx, &pb.GetRequest{Key: "serve an adder"})
	if err != nil {
		return 0, err
	}
	id, err := strconv.ParseUint(served.Value, 10, 32)
	if err != nil {
		return 0, err
	}
	conn, err := plugin.broker.Dial(uint32(id))
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	sum, err := pb.NewAdderClient(conn).Sum(ctx, &pb.SumRequest{A: 30, B: 3})
	return sum.GetSum(), err
}
