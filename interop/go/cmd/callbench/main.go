// Command callbench is a go-plugin host that a benchmark compares another host with. It measures what it is told to on
// standard input, a command a line, and answers each with a line of numbers:
//
//	calls CALLERS BYTES MILLISECONDS    p50 and p99 in nanoseconds, calls each second
//	start                               nanoseconds from nothing to the first reply
//
// Usage: callbench [-mtls] PLUGIN
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
	"dev.mortise/interop/peer"
)

func main() {
	mtls := flag.Bool("mtls", false, "let both ends prove who they are")
	flag.Parse()
	if err := run(*mtls, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(mtls bool, plugin string) error {
	client, kv, err := launch(mtls, plugin)
	if err != nil {
		return err
	}
	defer client.Kill()
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		line := input.Text()
		if line == "start" {
			if err := start(mtls, plugin); err != nil {
				return err
			}
			continue
		}
		var callers, size, millis int
		if _, err := fmt.Sscanf(line, "calls %d %d %d", &callers, &size, &millis); err != nil {
			return fmt.Errorf("%q is no command: %w", line, err)
		}
		if err := calls(kv, callers, size, time.Duration(millis)*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

func launch(mtls bool, plugin string) (*goplugin.Client, pb.KvClient, error) {
	client := goplugin.NewClient(&goplugin.ClientConfig{
		HandshakeConfig:  peer.Handshake,
		Cmd:              exec.Command(plugin),
		AllowedProtocols: []goplugin.Protocol{goplugin.ProtocolGRPC},
		AutoMTLS:         mtls,
		Logger:           hclog.NewNullLogger(),
		Plugins: goplugin.PluginSet{"interop": &peer.Plugin{
			Dispense: func(_ *goplugin.GRPCBroker, conn *grpc.ClientConn) any { return pb.NewKvClient(conn) },
		}},
	})
	protocol, err := client.Client()
	if err != nil {
		client.Kill()
		return nil, nil, err
	}
	kv, err := protocol.Dispense("interop")
	if err != nil {
		client.Kill()
		return nil, nil, err
	}
	return client, kv.(pb.KvClient), nil
}

func start(mtls bool, plugin string) error {
	began := time.Now()
	client, kv, err := launch(mtls, plugin)
	if err != nil {
		return err
	}
	defer client.Kill()
	if _, err := kv.Put(context.Background(), &pb.PutRequest{Key: "k", Value: "v"}); err != nil {
		return err
	}
	fmt.Println(time.Since(began).Nanoseconds())
	return nil
}

func calls(kv pb.KvClient, callers, size int, length time.Duration) error {
	text := strings.Repeat("x", size)
	if _, err := kv.Put(context.Background(), &pb.PutRequest{Key: text, Value: text}); err != nil {
		return err
	}
	latencies := make([][]int64, callers)
	failures := make([]error, callers)
	var group sync.WaitGroup
	began := time.Now()
	end := began.Add(length)
	for caller := range callers {
		group.Go(func() { latencies[caller], failures[caller] = call(kv, text, end) })
	}
	group.Wait()
	took := time.Since(began)
	for _, failure := range failures {
		if failure != nil {
			return failure
		}
	}
	all := slices.Concat(latencies...)
	slices.Sort(all)
	fmt.Println(all[len(all)/2], all[len(all)*99/100], float64(len(all))/took.Seconds())
	return nil
}

// Each call has a deadline, as a host that must not hang gives it.
func call(kv pb.KvClient, text string, end time.Time) ([]int64, error) {
	var latencies []int64
	for now := time.Now(); now.Before(end); {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		answer, err := kv.Get(ctx, &pb.GetRequest{Key: text})
		cancel()
		if err != nil {
			return nil, err
		}
		if len(answer.Value) != len(text) {
			return nil, fmt.Errorf("%d bytes instead of %d", len(answer.Value), len(text))
		}
		after := time.Now()
		latencies = append(latencies, after.Sub(now).Nanoseconds())
		now = after
	}
	return latencies, nil
}
