// Command bidirectional is a go-plugin plugin that calls its host back through the broker, and serves an Adder there, under
// the broker's first id.
package main

import (
	"context"
	"sync"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
	"dev.mortise/interop/peer"
)

type counter struct {
	pb.UnimplementedCounterServer
	broker *goplugin.GRPCBroker
	mutex  sync.Mutex
	values map[string]int64
}

func (c *counter) Add(ctx context.Context, request *pb.AddRequest) (*pb.AddResponse, error) {
	conn, err := c.broker.Dial(request.AdderService)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	sum, err := pb.NewAdderClient(conn).Sum(ctx, &pb.SumRequest{A: c.values[request.Key], B: request.Delta})
	if err != nil {
		return nil, err
	}
	c.values[request.Key] = sum.Sum
	return &pb.AddResponse{Value: sum.Sum}, nil
}

func main() {
	peer.Serve(func(broker *goplugin.GRPCBroker, server *grpc.Server) {
		peer.ServeAdder(broker)
		pb.RegisterCounterServer(server, &counter{broker: broker, values: map[string]int64{}})
	})
}
