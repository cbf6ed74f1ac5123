// Command store is a go-plugin plugin that keeps flags, components and checks in memory. It has the handshake of the
// console.plugin.v1 protocol; with MORTISE_PLUGIN set, as Mortise sets it for plugins of its own, it has Mortise's.
//
// With STORE_WITHOUT=service it serves no store, and with STORE_CRASH=key it ends when that flag is asked for.
package main

import (
	"cmp"
	"context"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "dev.mortise/interop/pb/consolepb"
	"dev.mortise/interop/peer"
)

func main() {
	handshake := peer.ConsoleHandshake
	if os.Getenv(peer.Handshake.MagicCookieKey) != "" {
		handshake = peer.Handshake
	}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: handshake,
		Plugins: plugin.PluginSet{"store": &peer.Plugin{
			Register: func(_ *plugin.GRPCBroker, server *grpc.Server) {
				if os.Getenv("STORE_WITHOUT") == "" {
					pb.RegisterStoreServiceServer(server, newStore())
				}
			},
		}},
		GRPCServer: plugin.DefaultGRPCServer,
		Logger:     peer.Logger(),
	})
}

type store struct {
	pb.UnimplementedStoreServiceServer
	mutex      sync.Mutex
	flags      map[string]*pb.Flag
	components map[string]*pb.Component
	checks     map[string]*pb.Check
}

func newStore() *store {
	return &store{
		flags:      map[string]*pb.Flag{},
		components: map[string]*pb.Component{},
		checks:     map[string]*pb.Check{},
	}
}

func named(key string) error {
	if key == "" {
		return status.Error(codes.InvalidArgument, "a key is not empty")
	}
	return nil
}

func absent[T any](all map[string]T, key, what string) error {
	if err := named(key); err != nil {
		return err
	}
	if _, taken := all[key]; taken {
		return status.Errorf(codes.AlreadyExists, "there is a %s %s already", what, key)
	}
	return nil
}

func present[T any](all map[string]T, key, what string) (T, error) {
	found, ok := all[key]
	if err := named(key); err != nil {
		return found, err
	}
	if !ok {
		return found, status.Errorf(codes.NotFound, "there is no %s %s", what, key)
	}
	return found, nil
}

func ordered[T any](all map[string]T) []T {
	keys := make([]string, 0, len(all))
	for key := range all {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	values := make([]T, 0, len(all))
	for _, key := range keys {
		values = append(values, all[key])
	}
	return values
}

func now() int64 {
	return time.Now().UnixNano()
}

// Messages that are kept are never changed, so that they can be sent without the lock.

func (s *store) CreateFlag(_ context.Context, flag *pb.Flag) (*pb.Empty, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := absent(s.flags, flag.Key, "flag"); err != nil {
		return nil, err
	}
	flag.CreatedAtUnixNano = cmp.Or(flag.CreatedAtUnixNano, now())
	flag.UpdatedAtUnixNano = cmp.Or(flag.UpdatedAtUnixNano, now())
	s.flags[flag.Key] = flag
	return &pb.Empty{}, nil
}

func (s *store) GetFlag(_ context.Context, key *pb.Key) (*pb.Flag, error) {
	if crash := os.Getenv("STORE_CRASH"); crash != "" && key.Key == crash {
		os.Exit(3)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return present(s.flags, key.Key, "flag")
}

func (s *store) ListFlags(context.Context, *pb.Empty) (*pb.FlagList, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return &pb.FlagList{Flags: ordered(s.flags)}, nil
}

func (s *store) UpdateFlag(_ context.Context, flag *pb.Flag) (*pb.Empty, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	before, err := present(s.flags, flag.Key, "flag")
	if err != nil {
		return nil, err
	}
	flag.CreatedAtUnixNano = cmp.Or(flag.CreatedAtUnixNano, before.CreatedAtUnixNano)
	flag.UpdatedAtUnixNano = cmp.Or(flag.UpdatedAtUnixNano, now())
	s.flags[flag.Key] = flag
	return &pb.Empty{}, nil
}

func (s *store) DeleteFlag(_ context.Context, key *pb.Key) (*pb.Empty, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, err := present(s.flags, key.Key, "flag"); err != nil {
		return nil, err
	}
	delete(s.flags, key.Key)
	return &pb.Empty{}, nil
}

func (s *store) CreateComponent(_ context.Context, component *pb.Component) (*pb.Empty, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := absent(s.components, component.Key, "component"); err != nil {
		return nil, err
	}
	component.CreatedAtUnixNano = cmp.Or(component.CreatedAtUnixNano, now())
	component.UpdatedAtUnixNano = cmp.Or(component.UpdatedAtUnixNano, now())
	s.components[component.Key] = component
	return &pb.Empty{}, nil
}

func (s *store) GetComponent(_ context.Context, key *pb.Key) (*pb.Component, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return present(s.components, key.Key, "component")
}

func (s *store) ListComponents(context.Context, *pb.Empty) (*pb.ComponentList, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return &pb.ComponentList{Components: ordered(s.components)}, nil
}

func (s *store) UpdateComponent(_ context.Context, component *pb.Component) (*pb.Empty, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	before, err := present(s.components, component.Key, "component")
	if err != nil {
		return nil, err
	}
	component.CreatedAtUnixNano = cmp.Or(component.CreatedAtUnixNano, before.CreatedAtUnixNano)
	component.UpdatedAtUnixNano = cmp.Or(component.UpdatedAtUnixNano, now())
	s.components[component.Key] = component
	return &pb.Empty{}, nil
}

func (s *store) DeleteComponent(_ context.Context, key *pb.Key) (*pb.Empty, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, err := present(s.components, key.Key, "component"); err != nil {
		return nil, err
	}
	delete(s.components, key.Key)
	delete(s.checks, key.Key)
	return &pb.Empty{}, nil
}

func (s *store) RecordCheck(_ context.Context, check *pb.Check) (*pb.Empty, error) {
	if err := named(check.Component); err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	latest, known := s.checks[check.Component]
	if !known || check.CheckedAtUnixNano >= latest.CheckedAtUnixNano {
		s.checks[check.Component] = check
	}
	return &pb.Empty{}, nil
}

func (s *store) LatestCheck(_ context.Context, key *pb.Key) (*pb.Check, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return present(s.checks, key.Key, "check of the component")
}

func (s *store) LatestChecks(context.Context, *pb.Empty) (*pb.CheckList, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return &pb.CheckList{Checks: ordered(s.checks)}, nil
}

func (s *store) Ping(context.Context, *pb.Empty) (*pb.Empty, error) {
	return &pb.Empty{}, nil
}
