package peer

import (
	"context"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
)

// Adder adds, for whoever is called back through a broker.
type Adder struct {
	pb.UnimplementedAdderServer
}

// Sum adds.
func (Adder) Sum(_ context.Context, request *pb.SumRequest) (*pb.SumResponse, error) {
	return &pb.SumResponse{Sum: request.A + request.B}, nil
}

// ServeAdder serves an Adder under the broker's next id, until the broker is closed.
func ServeAdder(broker *goplugin.GRPCBroker) uint32 {
	id := broker.NextId()
	go broker.AcceptAndServe(id, func(options []grpc.ServerOption) *grpc.Server {
		server := grpc.NewServer(options...)
		pb.RegisterAdderServer(server, Adder{})
		return server
	})
	return id
}
