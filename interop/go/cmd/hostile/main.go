// Command hostile is a plugin for Mortise that means harm. What it does before it can be called, its own name says:
//
//	hostile    starts well, and does what its functions are asked for
//	exits      ends at once
//	silent     says nothing
//	garbage    says what makes no sense
//	half       begins a handshake and does not end it
//	deaf       starts well, never answers Shutdown, ignores every signal
//	daemon     leaves a copy of itself behind, in a session of its own, whose parent has gone
//	forker     starts a sleeper, and ends
//	sleeper    does nothing for ever
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/mortisepb"
	"dev.mortise/interop/peer"
)

type hostile struct {
	pb.UnimplementedPluginServer
}

func (hostile) Describe(context.Context, *pb.DescribeRequest) (*pb.DescribeResponse, error) {
	return &pb.DescribeResponse{Functions: []*pb.Function{
		{Name: "attempt", Description: "Tries something, and says what came of it"},
		{Name: "ask", Description: "Answers after some milliseconds", Idempotent: true},
		{Name: "act", Description: "Does the same, and may be done once only"},
	}}, nil
}

func (hostile) Configure(context.Context, *pb.ConfigureRequest) (*pb.ConfigureResponse, error) {
	return &pb.ConfigureResponse{}, nil
}

type params struct {
	What   string
	Path   string
	Pid    int
	Millis int
}

func (hostile) Call(_ context.Context, request *pb.CallRequest) (*pb.CallResponse, error) {
	var given params
	if err := json.Unmarshal([]byte(request.Params), &given); err != nil {
		return nil, err
	}
	if request.Function != "attempt" {
		time.Sleep(time.Duration(given.Millis) * time.Millisecond)
		return answer(fmt.Sprintf("process %d", os.Getpid())), nil
	}
	if given.What == "nonsense" {
		return &pb.CallResponse{Outcome: &pb.CallResponse_Result{Result: `{"unfinished":`}}, nil
	}
	attempt, known := attempts[given.What]
	if !known {
		return nil, fmt.Errorf("there is no attempt %q", given.What)
	}
	return answer(attempt(given)), nil
}

func answer(text string) *pb.CallResponse {
	encoded, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return &pb.CallResponse{Outcome: &pb.CallResponse_Result{Result: string(encoded)}}
}

// The pipes that the host made, which go-plugin replaces after the handshake.
var realOutput, realError = duplicate(1), duplicate(2)

func duplicate(descriptor int) int {
	copied, err := syscall.Dup(descriptor)
	if err != nil {
		panic(err)
	}
	return copied
}

func main() {
	name := filepath.Base(os.Args[0])
	var wrapped func([]grpc.ServerOption) *grpc.Server = goplugin.DefaultGRPCServer
	switch name {
	case "exits":
		fmt.Fprintln(os.Stderr, "it does not feel like it")
		os.Exit(7)
	case "silent", "sleeper":
		time.Sleep(time.Hour)
	case "garbage":
		fmt.Println(strings.Repeat("\x00\xff|", 100) + "\nor this: 1|1|carrier-pigeon|coop 7|grpc|")
		time.Sleep(time.Hour)
	case "half":
		fmt.Print("1|1|unix|/tm")
		time.Sleep(time.Hour)
	case "deaf":
		signal.Ignore()
		wrapped = func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.UnaryInterceptor(deaf))...)
		}
	case "daemon":
		leaveDaemon()
	case "forker":
		if _, err := copyOfItself("sleeper"); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		return
	}
	goplugin.Serve(&goplugin.ServeConfig{
		HandshakeConfig: peer.Handshake,
		GRPCServer:      wrapped,
		Logger:          peer.Logger(),
		Plugins: goplugin.PluginSet{"interop": &peer.Plugin{
			Register: func(_ *goplugin.GRPCBroker, server *grpc.Server) { pb.RegisterPluginServer(server, hostile{}) },
		}},
	})
}

// deaf lets every call through but the one that asks the plugin to end.
func deaf(ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	if info.FullMethod == "/plugin.GRPCController/Shutdown" {
		select {}
	}
	return handler(ctx, request)
}
