// Command storehost is a go-plugin host that knows the console.plugin.v1 protocol alone. It launches a store with AutoMTLS,
// uses it, shuts it down, and prints what it saw as JSON.
//
//	storehost PLUGIN
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/status"

	pb "dev.mortise/interop/pb/consolepb"
	"dev.mortise/interop/peer"
)

type failure struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

type report struct {
	Flag      *pb.Flag  `json:"flag"`
	Updated   *pb.Flag  `json:"updated"`
	Keys      []string  `json:"keys"`
	Component string    `json:"component"`
	Check     *pb.Check `json:"check"`
	Failures  []failure `json:"failures"`
	Exited    bool      `json:"exited"`
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(path string) error {
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig:  peer.ConsoleHandshake,
		Cmd:              exec.Command(path),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         true,
		StartTimeout:     time.Minute,
		Logger:           hclog.New(&hclog.LoggerOptions{Level: hclog.Warn, Output: os.Stderr}),
		Plugins: plugin.PluginSet{"store": &peer.Plugin{
			Dispense: func(_ *plugin.GRPCBroker, conn *grpc.ClientConn) any {
				return pb.NewStoreServiceClient(conn)
			},
		}},
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		return err
	}
	raw, err := protocol.Dispense("store")
	if err != nil {
		return err
	}
	seen, err := use(raw.(pb.StoreServiceClient))
	if err != nil {
		return err
	}
	client.Kill()
	seen.Exited = client.Exited()
	return json.NewEncoder(os.Stdout).Encode(seen)
}

func use(store pb.StoreServiceClient) (*report, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	seen := &report{}
	var err error
	must := func(_ any, failed error) {
		if err == nil {
			err = failed
		}
	}
	refused := func(_ any, failed error) {
		state := status.Convert(failed)
		seen.Failures = append(seen.Failures, failure{state.Code().String(), state.Message()})
	}
	flag := &pb.Flag{
		Key: "dark-mode", Description: "Grüße", Enabled: true, Scope: "cohort", Rollout: 37, Cohort: "staff",
		Variants:          []*pb.Variant{{Key: "on", Value: "1", Weight: 3}},
		CreatedAtUnixNano: 1_000_000_001, UpdatedAtUnixNano: 2_000_000_002,
	}
	must(store.Ping(ctx, &pb.Empty{}))
	must(store.CreateFlag(ctx, flag))
	must(store.CreateFlag(ctx, &pb.Flag{Key: "another"}))
	seen.Flag, _ = store.GetFlag(ctx, &pb.Key{Key: "dark-mode"})
	refused(store.CreateFlag(ctx, flag))
	refused(store.GetFlag(ctx, &pb.Key{Key: "none"}))
	refused(store.GetFlag(ctx, &pb.Key{}))
	flag.Enabled, flag.UpdatedAtUnixNano = false, 3_000_000_003
	must(store.UpdateFlag(ctx, flag))
	seen.Updated, _ = store.GetFlag(ctx, &pb.Key{Key: "dark-mode"})
	flags, failed := store.ListFlags(ctx, &pb.Empty{})
	must(nil, failed)
	for _, one := range flags.GetFlags() {
		seen.Keys = append(seen.Keys, one.Key)
	}
	must(store.DeleteFlag(ctx, &pb.Key{Key: "dark-mode"}))
	refused(store.DeleteFlag(ctx, &pb.Key{Key: "dark-mode"}))
	must(store.CreateComponent(ctx, &pb.Component{Key: "site", Name: "The site", Config: map[string]string{"url": "x"}}))
	component, failed := store.GetComponent(ctx, &pb.Key{Key: "site"})
	must(nil, failed)
	seen.Component = component.GetName() + " " + component.GetConfig()["url"]
	must(store.RecordCheck(ctx, &pb.Check{Component: "site", State: 3, Message: "no answer", LatencyNanos: 5, CheckedAtUnixNano: 7}))
	seen.Check, failed = store.LatestCheck(ctx, &pb.Key{Key: "site"})
	must(nil, failed)
	return seen, err
}
