// Command streaming is a go-plugin plugin with every kind of stream.
package main

import (
	"errors"
	"io"

	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
	"dev.mortise/interop/peer"
)

type numbers struct {
	pb.UnimplementedNumbersServer
}

func (numbers) Count(request *pb.CountRequest, stream grpc.ServerStreamingServer[pb.Number]) error {
	for value := request.From; value <= request.To; value++ {
		if err := stream.Send(&pb.Number{Value: value}); err != nil {
			return err
		}
	}
	return nil
}

func (numbers) Total(stream grpc.ClientStreamingServer[pb.Number, pb.Number]) error {
	var total int64
	for {
		number, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return stream.SendAndClose(&pb.Number{Value: total})
		}
		if err != nil {
			return err
		}
		total += number.Value
	}
}

func (numbers) Double(stream grpc.BidiStreamingServer[pb.Number, pb.Number]) error {
	for {
		number, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(&pb.Number{Value: 2 * number.Value}); err != nil {
			return err
		}
	}
}

func main() {
	peer.Serve(func(_ *goplugin.GRPCBroker, server *grpc.Server) {
		pb.RegisterNumbersServer(server, numbers{})
	})
}
