// Command greeter is a plugin for Mortise written in Go: functions, a hook, an event and a listener, over the go-plugin
// protocol and mortise.plugin.v1.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/mortisepb"
	"dev.mortise/interop/peer"
)

type greeter struct {
	pb.UnimplementedPluginServer
	broker *goplugin.GRPCBroker
	events chan *pb.Event

	// The host configures a plugin also while it calls it.
	mutex    sync.Mutex
	greeting string
	host     pb.HostClient
}

func (g *greeter) configured() (greeting string, host pb.HostClient) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	return g.greeting, g.host
}

func (g *greeter) Describe(context.Context, *pb.DescribeRequest) (*pb.DescribeResponse, error) {
	return &pb.DescribeResponse{
		Functions: []*pb.Function{
			{
				Name:         "greet",
				Description:  "Greets somebody",
				ParamsSchema: `{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}`,
				ResultSchema: `{"type":"object"}`,
			},
			{Name: "relay", Description: "Calls another function", Idempotent: true},
			{Name: "fail", Description: "Fails"},
		},
		Hooks:     []*pb.Hook{{MetadataKeys: []string{"earlier"}}},
		Events:    []*pb.EventType{{Name: "greeted", Description: "Somebody has been greeted"}},
		Listeners: []*pb.Listener{{Event: "measured"}},
	}, nil
}

func (g *greeter) Configure(_ context.Context, request *pb.ConfigureRequest) (*pb.ConfigureResponse, error) {
	config := map[string]any{}
	if err := json.Unmarshal([]byte(request.Config), &config); err != nil {
		return nil, err
	}
	if _, bad := config["bad"]; bad {
		return &pb.ConfigureResponse{Refusal: "'bad' is not to be set"}, nil
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	first := g.host == nil
	if first {
		conn, err := g.broker.Dial(request.HostService)
		if err != nil {
			return nil, err
		}
		g.host = pb.NewHostClient(conn)
	}
	greeting, given := config["greeting"].(string)
	if !given {
		greeting = "Hello"
	}
	if first || given {
		g.greeting = greeting
		return &pb.ConfigureResponse{}, nil
	}
	return &pb.ConfigureResponse{RestartRequired: true}, nil
}

func (g *greeter) Call(ctx context.Context, request *pb.CallRequest) (*pb.CallResponse, error) {
	params := map[string]any{}
	if err := json.Unmarshal([]byte(request.Params), &params); err != nil {
		return nil, err
	}
	greeting, host := g.configured()
	switch request.Function {
	case "greet":
		name, _ := params["name"].(string)
		if name == "" {
			return failure("no_name", "a name is needed"), nil
		}
		count, err := host.IncrementState(ctx, &pb.IncrementStateRequest{Key: "greeted", Delta: 1})
		if err != nil {
			return nil, err
		}
		select {
		case g.events <- &pb.Event{Name: "greeted", Payload: text(map[string]any{"name": name})}:
		case <-ctx.Done():
			// More events wait to be heard than there is room for.
			return nil, ctx.Err()
		}
		return result(map[string]any{
			"message": greeting + ", " + name + "!", "count": count.Value, "caller": request.Caller,
		}), nil
	case "relay":
		function, _ := params["function"].(string)
		return host.CallFunction(ctx, &pb.HostCallRequest{
			Function: function, Params: `{"a":1}`, CallId: request.CallId,
		})
	default:
		return nil, fmt.Errorf("as it was asked to")
	}
}

func (g *greeter) RunHook(_ context.Context, request *pb.RunHookRequest) (*pb.RunHookResponse, error) {
	body := map[string]any{}
	if err := json.Unmarshal([]byte(request.Body), &body); err != nil {
		return nil, err
	}
	seen := request.Metadata["earlier"]
	if seen == "" {
		seen = "null"
	}
	response := &pb.RunHookResponse{PutMetadata: map[string]string{"seen": seen}}
	if body["topic"] == "forbidden" {
		response.Decision = &pb.RunHookResponse_Block{Block: &pb.Block{
			Status: 403, ErrorType: "topic_blocked", Message: "This topic is not available",
		}}
	} else {
		body["ring"] = request.Ring
		response.Decision = &pb.RunHookResponse_Modify{Modify: text(body)}
	}
	return response, nil
}

func (g *greeter) Hear(ctx context.Context, request *pb.HearRequest) (*pb.HearResponse, error) {
	_, host := g.configured()
	_, err := host.SetState(ctx, &pb.SetStateRequest{
		Key: request.Event, Value: request.Source + " " + request.Payload,
	})
	return &pb.HearResponse{}, err
}

func (g *greeter) Events(_ *pb.EventsRequest, stream grpc.ServerStreamingServer[pb.Event]) error {
	for {
		select {
		case event := <-g.events:
			if err := stream.Send(event); err != nil {
				return err
			}
		case <-stream.Context().Done():
			return nil
		}
	}
}

func result(value any) *pb.CallResponse {
	return &pb.CallResponse{Outcome: &pb.CallResponse_Result{Result: text(value)}}
}

func failure(code, message string) *pb.CallResponse {
	return &pb.CallResponse{Outcome: &pb.CallResponse_Failure{Failure: &pb.Failure{Code: code, Message: message}}}
}

func text(value any) string {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(encoded)
}

func main() {
	peer.Serve(func(broker *goplugin.GRPCBroker, server *grpc.Server) {
		pb.RegisterPluginServer(server, &greeter{broker: broker, events: make(chan *pb.Event, 100)})
	})
}
