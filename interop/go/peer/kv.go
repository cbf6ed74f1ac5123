package peer

import (
	"context"
	"sync"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "dev.mortise/interop/pb/interoppb"
)

// KvServer is a store in memory.
type KvServer struct {
	pb.UnimplementedKvServer
	values sync.Map
}

// Put keeps a value.
func (s *KvServer) Put(_ context.Context, request *pb.PutRequest) (*pb.PutResponse, error) {
	s.values.Store(request.Key, request.Value)
	return &pb.PutResponse{}, nil
}

// Get gives a value back.
func (s *KvServer) Get(_ context.Context, request *pb.GetRequest) (*pb.GetResponse, error) {
	value, found := s.values.Load(request.Key)
	if !found {
		return nil, status.Errorf(codes.NotFound, "there is no key %q", request.Key)
	}
	return &pb.GetResponse{Value: value.(string)}, nil
}
