// Command zoo is a go-plugin plugin that behaves as its arguments say:
//
//	zoo                    well, and does what the Behaviour service is asked for
//	zoo versions N,N,...   serves these protocol versions
//	zoo cleanup FILE       writes FILE when it has been shut down
//	zoo deaf               never answers Shutdown
//	zoo deaf-term          never answers Shutdown, and ignores SIGTERM
//	zoo netrpc             does not speak gRPC
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"

	"github.com/hashicorp/go-hclog"
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
	"dev.mortise/interop/peer"
)

type behaviour struct {
	pb.UnimplementedBehaviourServer
	logger hclog.Logger
}

func (behaviour) Print(_ context.Context, request *pb.PrintRequest) (*pb.PrintResponse, error) {
	out := os.Stdout
	if request.ToStderr {
		out = os.Stderr
	}
	_, err := out.Write(request.Data)
	return &pb.PrintResponse{}, err
}

func (behaviour) Environment(context.Context, *pb.EnvironmentRequest) (*pb.EnvironmentResponse, error) {
	variables := map[string]string{}
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		variables[name] = value
	}
	return &pb.EnvironmentResponse{Variables: variables}, nil
}

func (behaviour) Panic(context.Context, *pb.PanicRequest) (*pb.PanicResponse, error) {
	panic("as it was asked to")
}

func (behaviour) Hang(ctx context.Context, _ *pb.HangRequest) (*pb.HangResponse, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (behaviour) Spawn(_ context.Context, request *pb.SpawnRequest) (*pb.SpawnResponse, error) {
	child := exec.Command("sleep", strconv.Itoa(int(request.Seconds)))
	child.Stdout = os.NewFile(uintptr(realOutput), "stdout")
	child.Stderr = os.NewFile(uintptr(realError), "stderr")
	child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := child.Start(); err != nil {
		return nil, err
	}
	return &pb.SpawnResponse{Pid: int64(child.Process.Pid)}, nil
}

func (b behaviour) Log(_ context.Context, request *pb.LogRequest) (*pb.LogResponse, error) {
	var fields []any
	for name, value := range request.Fields {
		fields = append(fields, name, value)
	}
	b.logger.Log(hclog.LevelFromString(request.Level), request.Message, fields...)
	return &pb.LogResponse{}, nil
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
	logger := peer.Logger()
	mode, argument := "", ""
	if len(os.Args) > 1 {
		mode = os.Args[1]
	}
	if len(os.Args) > 2 {
		argument = os.Args[2]
	}
	config := &goplugin.ServeConfig{
		HandshakeConfig: peer.Handshake,
		GRPCServer:      goplugin.DefaultGRPCServer,
		Logger:          logger,
		Plugins: goplugin.PluginSet{"interop": &peer.Plugin{
			Register: func(_ *goplugin.GRPCBroker, server *grpc.Server) {
				pb.RegisterBehaviourServer(server, behaviour{logger: logger})
				pb.RegisterKvServer(server, &peer.KvServer{})
			},
		}},
	}
	switch mode {
	case "":
	case "versions":
		versions := map[int]goplugin.PluginSet{}
		for _, text := range strings.Split(argument, ",") {
			version, err := strconv.Atoi(text)
			if err != nil {
				panic(err)
			}
			versions[version] = config.Plugins
		}
		config.Plugins = nil
		config.VersionedPlugins = versions
	case "cleanup":
		defer func() { _ = os.WriteFile(argument, []byte("cleaned up\n"), 0o600) }()
	case "deaf", "deaf-term":
		config.GRPCServer = func(options []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(options, grpc.UnaryInterceptor(deaf))...)
		}
		if mode == "deaf-term" {
			signal.Ignore(syscall.SIGTERM)
		}
	case "netrpc":
		config.GRPCServer = nil
	default:
		fmt.Fprintf(os.Stderr, "zoo has no mode %q\n", mode)
		os.Exit(2)
	}
	goplugin.Serve(config)
}

// deaf lets every call through but the one that asks the plugin to end.
func deaf(ctx context.Context, request any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	if info.FullMethod == "/plugin.GRPCController/Shutdown" {
		select {}
	}
	return handler(ctx, request)
}
