// Command doorbell is a plugin for Mortise written in Go that receives webhooks: it counts those that were signed with the
// secret in its configuration.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/mortisepb"
	"dev.mortise/interop/peer"
)

type doorbell struct {
	pb.UnimplementedPluginServer
	broker *goplugin.GRPCBroker
	mutex  sync.Mutex
	secret string
	host   pb.HostClient
}

func (d *doorbell) Describe(context.Context, *pb.DescribeRequest) (*pb.DescribeResponse, error) {
	return &pb.DescribeResponse{Webhook: true}, nil
}

func (d *doorbell) Configure(_ context.Context, request *pb.ConfigureRequest) (*pb.ConfigureResponse, error) {
	var config struct{ Secret string }
	if err := json.Unmarshal([]byte(request.Config), &config); err != nil {
		return nil, err
	}
	if config.Secret == "" {
		return &pb.ConfigureResponse{Refusal: "a 'secret' is needed"}, nil
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.host == nil {
		conn, err := d.broker.Dial(request.HostService)
		if err != nil {
			return nil, err
		}
		d.host = pb.NewHostClient(conn)
	}
	d.secret = config.Secret
	return &pb.ConfigureResponse{}, nil
}

func (d *doorbell) ReceiveWebhook(
	ctx context.Context, request *pb.ReceiveWebhookRequest,
) (*pb.ReceiveWebhookResponse, error) {
	if !d.isSigned(request) {
		return reply(401, map[string]any{"error": "the signature is missing or wrong"}), nil
	}
	switch request.Method + " " + request.Path {
	case "POST /rings":
		count, err := d.host.IncrementState(ctx, &pb.IncrementStateRequest{Key: "rings", Delta: 1})
		if err != nil {
			return nil, err
		}
		return reply(202, map[string]any{"rings": count.Value, "query": request.Query}), nil
	case "POST /broken":
		return nil, errors.New("the bell is broken")
	default:
		return reply(404, map[string]any{"error": fmt.Sprintf("there is no %s here", request.Path)}), nil
	}
}

// isSigned compares in constant time, and over the very bytes that were sent.
func (d *doorbell) isSigned(request *pb.ReceiveWebhookRequest) bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	mac := hmac.New(sha256.New, []byte(d.secret))
	mac.Write(request.Body)
	for _, header := range request.Headers {
		if strings.EqualFold(header.Name, "X-Signature") {
			sent, err := hex.DecodeString(header.Value)
			return err == nil && hmac.Equal(sent, mac.Sum(nil))
		}
	}
	return false
}

func reply(status int32, value any) *pb.ReceiveWebhookResponse {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return &pb.ReceiveWebhookResponse{
		Status:  status,
		Headers: []*pb.Header{{Name: "Content-Type", Value: "application/json"}},
		Body:    body,
	}
}

func main() {
	peer.Serve(func(broker *goplugin.GRPCBroker, server *grpc.Server) {
		pb.RegisterPluginServer(server, &doorbell{broker: broker})
	})
}
