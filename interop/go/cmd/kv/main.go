// Command kv is a go-plugin plugin that keeps texts in memory.
package main

import (
	goplugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	pb "dev.mortise/interop/pb/interoppb"
	"dev.mortise/interop/peer"
)

func main() {
	peer.Serve(func(_ *goplugin.GRPCBroker, server *grpc.Server) {
		pb.RegisterKvServer(server, &peer.KvServer{})
	})
}
